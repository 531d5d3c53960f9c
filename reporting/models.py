"""The models of this app live in the rooms that own them."""

from reporting.across.models import Coding as Coding
from reporting.across.models import LetterTemplate as LetterTemplate
from reporting.across.models import Passage as Passage
from reporting.annual.models import *  # noqa: F403
from reporting.grants.models import ConditionCheck as ConditionCheck
from reporting.grants.models import GrantAccount as GrantAccount
from reporting.grants.models import GrantCondition as GrantCondition
from reporting.grants.models import GrantPayment as GrantPayment
from reporting.grants.models import GrantPromise as GrantPromise
from reporting.grants.models import OtherFunding as OtherFunding
from reporting.notices.models import MutedNotice as MutedNotice
from reporting.notices.models import Reminder as Reminder
from reporting.portfolio.models import SavedView as SavedView
