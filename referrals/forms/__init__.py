"""What referrers and coordinators fill in."""

from referrals.forms.decide import AcceptForm, DeclineForm, PassForm, SignpostForm
from referrals.forms.refer import ReferForm

__all__ = ["AcceptForm", "DeclineForm", "PassForm", "ReferForm", "SignpostForm"]
