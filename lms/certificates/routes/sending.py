"""How certificates leave as files, for trainers and holders alike."""

from flask import Response

from lms.certificates import documents, queries, screens
from lms.certificates.models import Certificate
from lms.errors import NotAllowed
from lms.language import speaking
from lms.ui import attachment


def known_language(language: str) -> str:
    """`language`, if certificates can be had in it; otherwise there is no such page."""
    if language not in screens.LANGUAGES:
        raise NotAllowed()
    return language


def send_pdf(certificates: list[Certificate], language: str, name: str) -> Response:
    """Certificates as one PDF in `language`, to be kept."""
    logos = queries.logos(certificates[0].training_id)
    with speaking(known_language(language)):
        content = documents.document(certificates, logos)
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = attachment(f"{name} {language}.pdf")
    return response
