"""Settings of a node: defaults, then the home folder's `node.toml`, then the environment; see docs/settings.md.

COMITY_HOME names the home folder. DATABASE_URL, COMITY_VAULT, COMITY_TIME_AUTHORITY_URL, COMITY_ALLOWED_HOSTS and
COMITY_LOG_LEVEL override what follows from it.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from comity.node.home import Home, read_home

_NO_HOME = Path("no-home-chosen")


def _home() -> Home:
    """Without COMITY_HOME (type checks, tests that need none) there is a home without a folder; nothing can be stored in it."""
    name = os.environ.get("COMITY_HOME", "")
    return read_home(Path(name)) if name else Home(path=_NO_HOME, office="zz/none", state="ZZ")


def _secret() -> str:
    file = HOME.keys / "session.secret"
    return file.read_text(encoding="ascii") if file.is_file() else "no home, no sessions" * 4


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME.database,
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": os.environ.get("COMITY_TEST_DATABASE")},  # a file, where tests need several connections
        "OPTIONS": {
            "timeout": 30,
            # a write begins with the lock that it needs, so two writers wait for each other instead of failing halfway
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;",
        },
    }


HOME = _home()
PRACTICE = HOME.practice
SECRET_KEY = _secret()
DEBUG = False
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
VAULT = os.environ.get("COMITY_VAULT", "") or HOME.vault.absolute().as_uri()
TIME_AUTHORITY_URL = os.environ.get("COMITY_TIME_AUTHORITY_URL", "")

_URL = urlsplit(HOME.url)
_HOSTS = [host for host in os.environ.get("COMITY_ALLOWED_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = [*_HOSTS, "127.0.0.1", "localhost", *([_URL.hostname] if _URL.hostname else [])]
CSRF_TRUSTED_ORIGINS = [HOME.url] if HOME.url else []

INSTALLED_APPS = [
    "comity.sites.desk",
    "comity.node",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "comity.node.headers.SecurityHeaders",
    "comity.node.headers.Compression",
    "comity.node.machine.problem.Problems",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "comity.sites.urls"
WSGI_APPLICATION = "comity.node.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_USER_MODEL = "node.Person"
AUTHENTICATION_BACKENDS = ["comity.node.passwords.PatientPasswords"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

_TLS = _URL.scheme == "https"
SESSION_COOKIE_NAME = f"comity-session-{HOME.port}"  # nodes on one machine share its host name, and so its cookies
CSRF_COOKIE_NAME = f"comity-csrf-{HOME.port}"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
LANGUAGE_COOKIE_NAME = "comity-language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = HOME.time_zone

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = HOME.uploads if HOME.uploads.is_dir() else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # a refused or conflicting request is the caller's business and in the answer; it would only fill the log
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("COMITY_LOG_LEVEL", "WARNING")},
}
