"""National and local lists of words that several parts of Spring share."""

from django.db import models


class Source(models.TextChoices):
    """Who refers."""

    PRACTICE = "practice", "GP practice"
    NHS_LINK_WORKER = "nhs_link_worker", "NHS link worker"
    HOSPITAL = "hospital", "Hospital"
    SOCIAL_CARE = "social_care", "Social care"
    COMMUNITY = "community", "Charity or community group"
    SELF = "self", "Myself"
    FAMILY = "family", "Family or friend"
    OTHER = "other", "Someone else"


class Need(models.TextChoices):
    """Reasons for referral: a local list, to be mapped to SNOMED codes when they are loaded."""

    LONELINESS = "loneliness", "Loneliness or isolation"
    MOOD = "mood", "Low mood, anxiety or stress"
    CONDITION = "condition", "Living with a long-term condition"
    ACTIVITY = "activity", "Being more active"
    WEIGHT = "weight", "Weight or diet"
    CARING = "caring", "Looking after someone"
    MONEY = "money", "Money, debt or benefits"
    HOUSING = "housing", "Housing"
    WORK = "work", "Work, volunteering or learning"
    FAMILY = "family", "Family and relationships"
    BEREAVEMENT = "bereavement", "Bereavement"
    SKILLS = "skills", "Digital skills, English or reading"
    TRANSPORT = "transport", "Transport or getting about"
    FOOD = "food", "Food or fuel"
    LEGAL = "legal", "Legal or immigration"
    ABUSE = "abuse", "Abuse at home"
    SUBSTANCES = "substances", "Alcohol or drugs"
    OTHER = "other", "Something else"


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    INDETERMINATE = "indeterminate", "Indeterminate"
    NOT_KNOWN = "not_known", "Not known"


class Ethnicity(models.TextChoices):
    """The 16+1 categories of 2001. Z (asked, not stated) and 99 (not asked) are never merged."""

    A = "A", "White: British"
    B = "B", "White: Irish"
    C = "C", "White: any other background"
    D = "D", "Mixed: White and Black Caribbean"
    E = "E", "Mixed: White and Black African"
    F = "F", "Mixed: White and Asian"
    G = "G", "Mixed: any other background"
    H = "H", "Asian: Indian"
    J = "J", "Asian: Pakistani"
    K = "K", "Asian: Bangladeshi"
    L = "L", "Asian: any other background"
    M = "M", "Black: Caribbean"
    N = "N", "Black: African"
    P = "P", "Black: any other background"
    R = "R", "Chinese"
    S = "S", "Any other ethnic group"
    NOT_STATED = "Z", "Not stated (asked)"
    NOT_KNOWN = "99", "Not known (not asked)"


class RiskStatus(models.TextChoices):
    """What is known of risks; "not checked" is never the same as "none"."""

    NOT_CHECKED = "not_checked", "Not checked"
    NONE_KNOWN = "none_known", "None known, record checked"
    STATED = "stated", "There is something to know"
