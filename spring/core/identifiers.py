"""Numbers and codes that people read out, type and paste: cleaned, checked, shown. Pure."""

import os
import re
import time
import unicodedata
import uuid
from uuid import UUID

import nhs_number as nhs
import phonenumbers

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: a reference is read out on the telephone.
REFERENCE_ALPHABET = "346789ACDEFGHJKMNPQRTWXY"


def new_id() -> UUID:
    """A UUID, version 7 (RFC 9562): opaque in a URL, yet rows made together lie together."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=number)


def reference_from(value: UUID) -> str:
    """The reference of a referral, such as SPR-7K4-QM3-D: seven random characters' worth of
    the id and a check character that catches any single slip and most swaps.
    """
    base = len(REFERENCE_ALPHABET)
    number = value.int & ((1 << 62) - 1)  # the random part of a version 7 UUID
    body = ""
    for _ in range(8):
        number, index = divmod(number, base)
        body += REFERENCE_ALPHABET[index]
    body += _check_character(body)
    return f"SPR-{body[:3]}-{body[3:6]}-{body[6:]}"


def _check_character(body: str) -> str:
    # Odd weights that share no factor with 24, so that every single wrong character shows.
    weights = (1, 5, 7, 11, 13, 17, 19, 23)
    total = sum(
        REFERENCE_ALPHABET.index(character) * weight
        for character, weight in zip(body, weights, strict=True)
    )
    return REFERENCE_ALPHABET[total % len(REFERENCE_ALPHABET)]


def clean_reference(text: str) -> str | None:
    """A reference as typed, in its standard form; None if it cannot be one."""
    body = re.sub(r"[^A-Z0-9]", "", text.upper()).removeprefix("SPR")
    if len(body) != 9 or any(character not in REFERENCE_ALPHABET for character in body):
        return None
    if _check_character(body[:8]) != body[8]:
        return None
    return f"SPR-{body[:3]}-{body[3:6]}-{body[6:]}"


def clean_nhs_number(text: str) -> str | None:
    """Ten digits if `text` is a valid NHS number (modulus 11), else None.

    Spaces and hyphens are taken as people type them; one digit repeated ten times is refused.
    """
    digits = re.sub(r"[\s\-‐-―]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return None
    return digits if nhs.is_valid(digits) else None


def show_nhs_number(digits: str) -> str:
    """An NHS number in its printed form, 3-3-4."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")


def clean_postcode(text: str) -> str | None:
    """A UK postcode in its printed form, or None."""
    match = _POSTCODE.fullmatch(re.sub(r"\s", "", text.upper()))
    return f"{match[1]} {match[2]}" if match else None


def clean_telephone(text: str) -> str | None:
    """A telephone number in its UK printed form (abroad: international), or None.

    Possible, not valid: the numbers reserved for drama and tests must pass too.
    """
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or number.extension:
        return None
    home = number.country_code == 44
    national = number.national_number or 0
    if home and national < 10**8:
        return None  # fewer than nine digits: part of a number
    if home and national < 10**9 and str(national)[0] not in "158":
        return None  # nine digits: only a few old 01, 0500 and 0800 numbers are that short
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL)


def clean_ods_code(text: str) -> str | None:
    """An ODS code (GP practices: a letter and five digits; PCNs: U and five), or None."""
    code = re.sub(r"\s", "", text.upper())
    return code if re.fullmatch(r"[A-Z0-9]{3,8}", code) else None


def plain(text: str) -> str:
    """Text for comparing: case folded, accents, apostrophes and punctuation gone.

    "O’Brien", "O'Brien" and "obrien" are one; so are "Wiśniewski" and "wisniewski".
    """
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ø", "o"))
    kept = "".join(c for c in folded if not unicodedata.combining(c) and c not in "'’‘`´.-")
    return " ".join(re.sub(r"[^\w]+", " ", kept).split())
