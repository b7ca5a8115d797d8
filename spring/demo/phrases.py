"""Short plain sentences from which goals, notes and reasons are put together."""

from spring.demo.chance import Odds

NEEDS = Odds(
    {
        "loneliness": 24, "mood": 22, "condition": 13, "money": 10, "activity": 7, "caring": 7,
        "housing": 6, "bereavement": 5, "weight": 5, "work": 4, "skills": 3, "transport": 4,
        "food": 3, "family": 4, "legal": 1.5, "substances": 1.5, "abuse": 1, "other": 2,
    }
)  # fmt: skip

MATTERS = {
    "loneliness": ("Having someone to talk to in the week.", "Seeing a friendly face at weekends."),
    "mood": ("Waking up and looking forward to something.", "A day without the knot in my chest."),
    "condition": (
        "Managing my health instead of it managing me.",
        "Doing things despite the pain.",
    ),
    "activity": ("Walking to the shops and back by myself.", "Getting on the floor to play."),
    "weight": ("Keeping up with the grandchildren.", "Being able to do my own shoes."),
    "caring": ("An hour a week that is mine.", "Knowing he is safe while I am out."),
    "money": ("Opening the post without dread.", "Getting to the end of the month."),
    "housing": ("A dry, warm place that feels like home.", "A bathroom I can use safely."),
    "work": ("Being useful again.", "Getting back to earning my own money."),
    "family": ("Peace at home.", "Seeing my daughter more often."),
    "bereavement": ("Finding a way through the evenings.", "Talking about her without crying."),
    "skills": ("Reading my own letters.", "Speaking to the doctor myself."),
    "transport": ("Getting out of the village.", "Not asking my son for every lift."),
    "food": ("A hot meal every day.", "Not choosing between heating and eating."),
    "legal": ("Knowing where I stand.", "Having the papers in order."),
    "abuse": ("Feeling safe in my own home.", "Making my own decisions."),
    "substances": ("Staying off it one day at a time.", "Weekends without a drink."),
    "other": ("Getting back to the allotment.", "Trying something new this year."),
}

GOALS = {
    "loneliness": ("Go to one group each week", "Ring my sister every Sunday",
                   "Have two people I can call on"),
    "mood": ("Be outdoors for half an hour a day", "Sleep through more nights than not",
             "Say yes to one invitation a month"),
    "condition": ("Pace my days so that I am not wiped out", "Join a group of people who know",
                  "Ask the nurse my own questions"),
    "activity": ("Walk to the park and back", "Swim once a week", "Try chair exercise"),
    "weight": ("Cook from fresh three days a week", "Walk instead of taking the car"),
    "caring": ("An hour a week off from caring", "Know who to ring in a crisis"),
    "money": ("Sort the Attendance Allowance form", "Agree a plan with the energy supplier",
              "Know what comes in and what goes out"),
    "housing": ("Get the damp looked at", "Get a grab rail in the bathroom"),
    "work": ("Volunteer one morning a week", "Write a CV I am proud of"),
    "family": ("Have tea together on Fridays", "Find better words when we argue"),
    "bereavement": ("Go through his things, a drawer at a time", "Find a group for people like me"),
    "skills": ("Send a text to my grandson", "Come to the English class"),
    "transport": ("Book the community bus myself", "Apply for a Blue Badge"),
    "food": ("Use the larder once a week", "Learn three cheap dinners"),
    "legal": ("See the adviser about my status", "Make a will"),
    "abuse": ("Have a safety plan", "Talk to someone who understands"),
    "substances": ("Go to the drop-in on bad days", "Two dry days a week, then three"),
    "other": ("Be at the allotment twice a week", "Pick up the guitar again"),
}  # fmt: skip

STEPS = (
    "Ring and ask for a place", "Go along together the first time", "Ask Peter for a lift",
    "Fill in the form", "Look out the papers", "Put it on the calendar", "Try it twice",
    "Speak to the surgery", "Borrow the book from the library", "Write down what helps",
    "Find the bus times", "Ask about the cost",
)  # fmt: skip

STRENGTHS = (
    "Growing things.", "Remembering names.", "Making people laugh.", "A good cook.", "Never gives up.",
    "Kind to animals.", "Knows everybody in the street.", "Patient with children.", "Mends anything.",
    "Has a fine singing voice.", "Loves a crossword.", "Speaks three languages.", "Keeps going.",
)  # fmt: skip

NOTE_STARTS = {
    "": ("A brighter day than last time.", "In good spirits.",
         "Talked about how the week has gone.", "A difficult week, with some good moments in it."),
    "in_person": ("Good conversation at the kitchen table.", "We walked once round the park.",
                  "We met at the library and found a quiet corner.",
                  "Tired today, so we kept it short.",
                  "Took a while to warm up, then talked freely.", "A brighter day than last time."),
    "telephone": ("Pleased to be rung.", "A short call between two errands.",
                  "Talked about how the week has gone.", "In good spirits on the telephone.",
                  "A difficult week, with some good moments in it."),
    "group": ("Came to the group and stayed to the end.", "Sat with the others this time.",
              "Helped to set out the chairs, joined in."),
    "message": ("Exchanged a few texts.", "Wrote back the same day."),
}  # fmt: skip
NOTE_MIDDLES = {
    "loneliness": ("Went to the group and stayed for tea.", "Has not seen anyone since Sunday.",
                   "A neighbour has started to call in."),
    "mood": ("Sleeping a little better.", "Mornings are the hardest.", "Has been out every day."),
    "condition": ("Pain is about the same.", "New tablets seem to suit.", "Paced the day well."),
    "activity": ("Managed the walk without stopping.", "Knee is better since the class."),
    "weight": ("Cooked twice this week.", "Lost a little and glad of it."),
    "caring": ("Sitting service has rung, starts next week.", "Worn out after a broken night."),
    "money": ("We went through the letters together.", "The award letter has come.",
              "Worried about winter fuel."),
    "housing": ("The landlord has sent someone at last.", "Grab rail is in and in use."),
    "work": ("Enjoyed the taster morning.", "The CV is nearly done."),
    "family": ("Spoke to the daughter for the first time in weeks.", "Home is calmer."),
    "bereavement": ("We looked at photographs.", "The anniversary is coming up."),
    "skills": ("Sent a first text message.", "Read the bus timetable unaided."),
    "transport": ("Took the community bus alone.", "Blue Badge form is in the post."),
    "food": ("Used the larder, which went well.", "Cupboards were low."),
    "legal": ("The adviser can see us on Monday.", "Papers are with the solicitor."),
    "abuse": ("We went over the safety plan.", "Feels safer since the locks were changed."),
    "substances": ("Four dry days.", "A slip at the weekend, talked about without shame."),
    "other": ("Back at the plot on Saturday, broad beans in.", "Tried the guitar again."),
}  # fmt: skip
NOTE_ENDS = (
    "Agreed to speak again in a fortnight.", "Will ring the group before we next speak.",
    "Looking forward to next week.", "Asked for the same time again.", "We looked at the plan.",
    "", "", "",
)  # fmt: skip
ATTEMPT_NOTES = {
    "no_answer": ("Rang out.", "Tried at 10 and again at 3.", ""),
    "left_message": ("Left first name and number only.", "Asked them to ring when it suits.", ""),
    "did_not_attend": ("Waited half an hour at the library.", "Sent a kind text afterwards.", ""),
    "cancelled_person": ("Not well today; rearranged.", "Grandchild off school.", ""),
    "cancelled_service": ("Worker unwell; rang to say sorry.", ""),
    "no_interpreter": ("Interpreter did not come; rebooked.", ""),
    "no_worker": ("Had to be moved at short notice.", ""),
}
ON_BEHALF_NOTES = (
    "Rang the benefits line for them.", "Wrote to the housing officer.",
    "Booked a place at the group.", "Spoke to the practice about transport.",
)  # fmt: skip
REVIEW_NOTES = (
    "We went through the plan together.", "Looked back at where we began.",
    "Proud of how far this has come.", "Changed one goal, kept the rest.",
)  # fmt: skip

TASKS = (
    "Ring to see how the week went", "Go along to the group together", "Bring the form",
    "Ask the surgery for a letter", "Ring after the first visit", "Send the bus times",
    "Check the class has a place", "Meet at the library", "Ring about the grant",
)  # fmt: skip

SUMMARIES = {
    "goals_met": "Met what was set out at the start and knows where to turn.",
    "content": "Not everything was reached, and that is all right: enough has changed.",
    "self_support": "Goes to the group without us now and wants to carry on alone.",
    "other_service": "A different service fits better now; handed over with a telephone call.",
    "declined": "Thanked us, and would rather not start at present.",
    "disengaged": "Decided to stop. The door stays open.",
    "no_contact": "Calls, a message and a letter brought no answer.",
    "ineligible": "What is needed lies outside what Spring does; told where to go.",
    "moved_away": "Moved out of the county, nearer to family.",
    "died": "Died. The family has been written to.",
    "unwell": "Now in a care home; too unwell to carry on.",
    "safety": "Ended for reasons of safety after advice.",
    "duplicate": "The same referral had been recorded twice.",
    "capacity": "No room in time; pointed to two groups meanwhile.",
}
EARLY_REASONS = {
    "goals_met": "What was needed came about sooner than planned.",
    "content": "Feels this is enough for now.",
    "self_support": "Found their feet quickly.",
    "other_service": "Another service could begin at once.",
    "disengaged": "Chose to stop after a few meetings.",
    "no_contact": "No answer for two months.",
    "moved_away": "Moved away at short notice.",
    "died": "Died unexpectedly.",
    "unwell": "Admitted for a long stay.",
    "safety": "It was not safe to go on.",
    "duplicate": "Opened twice by mistake.",
}

SAFE_CONTACT = (
    "Text first. No voicemail.", "Ring after 10 on weekdays only.", "Speak to them alone.",
    "Do not leave a message with anyone else.", "Letters only, plain envelope.",
    "Ring the daughter first, never the son.",
)  # fmt: skip
RISKS = (
    "Large dog: ring before a visit.", "Visit in pairs.", "Partner may listen in on calls.",
    "Has spoken of not wanting to be here; the GP knows.", "Falls risk on the front steps.",
    "Oxygen in the house: no naked flame.",
)  # fmt: skip
READING = ("Large print", "Read letters aloud", "Easy read")
ADJUSTMENTS = (
    "Hearing aid: face them when speaking", "Ground floor rooms only", "Short meetings, mornings",
    "Quiet room", "Wheelchair user",
)  # fmt: skip
EXCEPTION_REASONS = (
    "Too unwell to be asked when seen; husband asked us to refer.",
    "Seen in a crisis; will be told at the next visit.",
)
DECISION_NOTES = {
    "person_declined": "Spoke on the telephone: does not want this now.",
    "under_18": "Told the practice of the young people's service.",
    "out_of_area": "Told of the service where they live.",
    "not_suitable": "Needs a different kind of help; told the referrer which.",
    "already_with_us": "Already supported; the link worker knows of the new concern.",
    "crisis": "Needs the crisis team first; the practice will refer again.",
    "no_capacity": "No room in the coming weeks.",
    "died": "The practice let us know.",
}
SIGNPOSTS = (
    "Pointed to the Benefits Check.",
    "Pointed to Health Walks.",
    "Pointed to Chatty Table.",
)
HANDOVER_NOTES = (
    "Prefers to meet in the morning. Ask about the garden.",
    "We were half way through the form. The plan is up to date.",
    "Knows of the change and is glad to meet you.",
)
PAUSE_REASONS = Odds({"hospital": 5, "bereavement": 2, "caring": 2, "away": 2, "other": 1})
SKIP_REASONS = ("In hospital", "Asked not to", "Away with family", "Nearly at the end anyway")
NOT_AGREED = ("Wants to think about it", "Would rather not have anything written down")
RHYTHMS = (
    (42, "Wants to try alone, with a call every six weeks"),
    (56, "Works away; rings when home"),
    (84, "Only wants a call each season"),
    (14, "A hard time just now: every fortnight"),
)
