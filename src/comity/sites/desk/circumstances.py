"""The circumstances of a question as questions to a person, with the words for their answers.

The codes are those of `lawbook/codes.yaml`; a circumstance that has no question here is asked by its code, so that a new one in the
lawbook is never hidden.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# asked on the form itself; all others are one click away
FIRST = ("data_holder", "provider_state", "max_penalty_months_from", "issuing_authority", "emergency")

QUESTIONS: Mapping[str, str | Promise] = {
    "data_holder": _("Who holds the data?"),
    "provider_state": _("Where is the holder established?"),
    "legal_representative_in": _("Where is the holder’s legal representative?"),
    "data_located_in": _("Where are the data stored?"),
    "requested_data": _("Which data exactly?"),
    "purpose": _("What are the data for?"),
    "max_penalty_months_from": _("Maximum penalty in the requesting state, in months"),
    "max_penalty_months_to": _("Maximum penalty in the requested state, in months"),
    "sentence_left_months": _("Months of the sentence still to be served"),
    "sentence_passed_months": _("Months of the sentence that was passed"),
    "finally_judged_in": _("Where was the person finally judged for the same acts?"),
    "time_barred_in": _("In which state is it barred by lapse of time?"),
    "offence_committed_in": _("Where was the offence committed?"),
    "legal_classification": _("How does your law classify it?"),
    "list_box_ticked": _("Is it certified as a list offence?"),
    "political": _("Is there a political element?"),
    "emergency": _("Is it an emergency: imminent danger to life or safety?"),
    "threat": _("What is the threat?"),
    "urgent": _("Is it urgent?"),
    "death_penalty_possible": _("Is the death penalty possible?"),
    "death_penalty_assurance": _("Is an assurance given against the death penalty?"),
    "transnational": _("Does the offence cross borders?"),
    "organised_group": _("Is an organised group involved?"),
    "offenders": _("How many offenders are there?"),
    "issuing_authority": _("Who issues the order?"),
    "from_authority": _("Which authority asks?"),
    "judicial_validation": _("Will a judge validate it?"),
    "validation_not_obtainable_in_time": _("Would a judge’s validation come too late?"),
    "national_warrant": _("Is there a national warrant?"),
    "eaw_issued": _("When was the European Arrest Warrant issued?"),
    "arrest_date": _("When was the person arrested?"),
    "residence_of_person": _("Where does the person live?"),
    "nationality_of_person": _("Which nationality does the person have?"),
    "native_born": _("Was the person a national from birth?"),
    "person_located_in": _("Where is the person?"),
    "person_role": _("What is the person in the proceedings?"),
    "consent": _("Does the person consent?"),
    "consenting_person_in": _("Where is the person who consents?"),
    "consent_given_by": _("Who consents?"),
    "consent_lawful_and_voluntary": _("Is the consent lawful and voluntary?"),
    "person_has_authority_to_disclose": _("May that person lawfully disclose the data?"),
    "consent_of_user": _("Does the user consent?"),
    "target_now_in": _("Where is the person to be intercepted?"),
    "technical_assistance_needed": _("Is technical help needed there?"),
    "intended_use": _("How will the data be used?"),
    "information": _("Which information?"),
    "direct_request": _("Will you ask the provider directly?"),
    "conditions_wanted": _("Which conditions do you set?"),
}

VALUES: Mapping[str, str | Promise] = {
    "provider": _("a service provider"),
    "registrar": _("a domain registrar"),
    "bank": _("a bank"),
    "company": _("a company"),
    "company-not-service-provider": _("a company that is no service provider"),
    "person": _("a private person"),
    "authority": _("an authority"),
    "investigation": _("an investigation"),
    "investigation-lead": _("a lead only"),
    "identification-only": _("identifying somebody"),
    "sole-purpose-identify-user": _("only identifying the user"),
    "not-identification": _("more than identifying somebody"),
    "prosecution": _("a prosecution"),
    "sentence": _("carrying out a sentence"),
    "confiscation": _("confiscation"),
    "judge": _("a judge"),
    "court": _("a court"),
    "investigating-judge": _("an investigating judge"),
    "prosecutor": _("a prosecutor"),
    "police": _("the police"),
    "administrative": _("an administrative authority"),
    "suspect": _("a suspect"),
    "accused": _("an accused person"),
    "witness": _("a witness"),
    "expert": _("an expert"),
    "victim": _("a victim"),
    "user": _("the user"),
    "owner": _("the owner"),
    "other": _("somebody else"),
    "intelligence": _("as intelligence only"),
    "evidence-at-trial": _("as evidence in court"),
    "true": _("Yes"),
    "false": _("No"),
}


def question(key: str) -> str:
    """Return the question that asks for a circumstance."""
    return str(QUESTIONS.get(key, key))


def answer(value: object) -> str:
    """Return the word for an answer."""
    code = str(value).lower() if isinstance(value, bool) else str(value)
    return str(VALUES.get(code, code))
