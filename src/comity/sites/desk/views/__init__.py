"""Views, one file for each subject."""
