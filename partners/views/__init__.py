"""Pages about accounts, organisations and the directory of community services."""

from partners.views.account import account
from partners.views.directory import community_service, directory
from partners.views.organisations import (
    organisation,
    organisation_add,
    organisations,
    organisations_import,
)
from partners.views.people import (
    account_detail,
    account_end,
    account_reopen,
    invitation_resend,
    invite,
    keep_house,
    membership_add,
    membership_end,
    people,
)

__all__ = [
    "account",
    "account_detail",
    "account_end",
    "account_reopen",
    "community_service",
    "directory",
    "invitation_resend",
    "invite",
    "keep_house",
    "membership_add",
    "membership_end",
    "organisation",
    "organisation_add",
    "organisations",
    "organisations_import",
    "people",
]
