"""A county in which the towns are real and every organisation but the partners is made up."""

TOWNS = (
    # name, postcode district, council, how many of the people live there
    ("Northampton", ("NN1", "NN2", "NN3", "NN4", "NN5"), "west", 34),
    ("Daventry", ("NN11",), "west", 6),
    ("Towcester", ("NN12",), "west", 4),
    ("Brackley", ("NN13",), "west", 4),
    ("Kettering", ("NN15", "NN16"), "north", 15),
    ("Corby", ("NN17", "NN18"), "north", 15),
    ("Wellingborough", ("NN8",), "north", 11),
    ("Rushden", ("NN10",), "north", 6),
    ("Thrapston", ("NN14",), "north", 3),
    ("Oundle", ("PE8",), "north", 2),
)

NETWORKS = (
    # name, council, towns: fictional primary care networks
    ("Cobblers Way PCN", "west", ("Northampton",)),
    ("Kingfisher PCN", "west", ("Northampton",)),
    ("Lacemakers PCN", "west", ("Northampton",)),
    ("Millwheel PCN", "west", ("Northampton",)),
    ("Harebell PCN", "west", ("Daventry",)),
    ("Skylark Fields PCN", "west", ("Towcester", "Brackley")),
    ("Heronsgate PCN", "north", ("Kettering",)),
    ("Foxglove Valley PCN", "north", ("Kettering", "Thrapston")),
    ("Ironstone PCN", "north", ("Corby",)),
    ("Otterbrook PCN", "north", ("Wellingborough",)),
    ("Limestone Ridge PCN", "north", ("Rushden", "Oundle")),
)

PARTNERS = (
    ("NC", "Northamptonshire Carers"),
    ("MT", "Mayday Trust"),
    ("GPA", "General Practice Alliance"),
    ("AUN", "Age UK Northamptonshire"),
)

PRACTICE_STARTS = (
    "Alder", "Ash", "Barley", "Beech", "Birch", "Bramble", "Briar", "Cherry", "Clover", "Elder",
    "Fern", "Hazel", "Heather", "Holly", "Juniper", "Larch", "Linden", "Maple", "Meadow", "Oaken",
    "Rowan", "Sorrel", "Thistle", "Willow",
)  # fmt: skip
PRACTICE_ENDINGS = ("brook", "mere", "field", "cote", "wick", "holm", "gate", "combe")
PRACTICE_KINDS = ("Surgery", "Medical Centre", "Health Centre", "Practice", "Family Practice")
PRACTICES = 70

STREETS = (
    "Alder Close", "Beanfield Row", "Bellfounders Lane", "Cherry Walk", "Clicker Street",
    "Cobblers Yard", "Dovecote Road", "Finch Way", "Forge Row", "Foundry Lane", "Heron Close",
    "Ironstone Way", "Lacemaker Court", "Lapwing Drive", "Lime Avenue", "Mill Race",
    "Orchard Street", "Plough Lane", "Quarry Road", "Rope Walk", "Saddlers Mews", "Skylark Rise",
    "Spinney Hill", "Tanners Green", "Thatchers Croft", "Walnut Tree Lane", "Weavers Row",
    "Windmill Road",
)  # fmt: skip

HOSPITALS = ("Ward 6, discharge team", "Falls clinic", "Respiratory clinic", "Stroke team")
COUNCIL_TEAMS = ("Adult social care, community team", "Housing options team", "Early help team")
COMMUNITY_REFERRERS = ("Footprints Foodbank", "Ise Valley Growers", "Lamplight Debt Advice")

SERVICES = (
    # name, provider, what it helps with, town, when, cost
    (
        "Chatty Table",
        "Millwheel Library Friends",
        "loneliness",
        "Northampton",
        "Mondays 10:30 to 12:00",
        "Free",
    ),
    ("Tea and Tunes", "Abbey Lane Hall", "loneliness", "Kettering", "Wednesdays 14:00", "£2"),
    (
        "Good Neighbours Visiting",
        "Otterbrook Befrienders",
        "loneliness",
        "Wellingborough",
        "By arrangement",
        "Free",
    ),
    ("Saturday Breakfast", "St Crispin's Hall", "loneliness", "Corby", "Saturdays 9:00", "£1"),
    ("Telephone Friends", "Harebell Volunteers", "loneliness", "Daventry", "Weekly call", "Free"),
    (
        "Men's Workshop",
        "The Shed at Foundry Lane",
        "loneliness",
        "Rushden",
        "Tuesdays and Thursdays 10:00",
        "£3",
    ),
    ("Steady Minds", "Lamplight Wellbeing", "mood", "Northampton", "Thursdays 18:30", "Free"),
    ("Walk and Talk", "Skylark Walkers", "mood", "Towcester", "Fridays 10:00", "Free"),
    ("Art for Quiet Hours", "Clicker Street Studio", "mood", "Kettering", "Mondays 13:00", "£2"),
    ("Sleep Better Evenings", "Heronsgate Learning", "mood", "Kettering", "Six Tuesdays", "Free"),
    ("Calm Café", "Ironstone Community Trust", "mood", "Corby", "Every evening", "Free"),
    (
        "Living Well with Pain",
        "Limestone Self-Help",
        "condition",
        "Rushden",
        "Six Wednesdays",
        "Free",
    ),
    (
        "Breathe Easy Singers",
        "Otterbrook Voices",
        "condition",
        "Wellingborough",
        "Tuesdays 11:00",
        "£2",
    ),
    ("Type 2 Together", "Foxglove Health Friends", "condition", "Thrapston", "Monthly", "Free"),
    ("Stroke Social", "Kingfisher Recovery", "condition", "Northampton", "Fridays 14:00", "Free"),
    ("Stretch and Sit", "Cobblers Way Leisure", "activity", "Northampton", "Weekdays", "£3"),
    ("Health Walks", "Green Lanes Walkers", "activity", "Daventry", "Sundays 10:00", "Free"),
    ("Gentle Swim", "Foundry Baths", "activity", "Corby", "Mondays 9:00", "£2.50"),
    ("Bowls for Beginners", "Quarry Road Bowls Club", "activity", "Kettering", "Summer", "£1"),
    ("Chair Dance", "Tanners Green Hall", "activity", "Brackley", "Thursdays 10:00", "£2"),
    ("Lighter Together", "Millwheel Wellbeing", "weight", "Northampton", "12 Mondays", "Free"),
    ("Cook and Taste", "Orchard Street Kitchen", "weight", "Corby", "Wednesdays 12:00", "Free"),
    ("Step by Step", "Otterbrook Active", "weight", "Wellingborough", "Tuesdays", "Free"),
    ("Carers' Hour", "Northamptonshire Carers", "caring", "Kettering", "Tuesdays", "Free"),
    (
        "Sitting Service",
        "Northamptonshire Carers",
        "caring",
        "Northampton",
        "By arrangement",
        "Free",
    ),
    ("Young Carers' Tea", "Ironstone Youth", "caring", "Corby", "Thursdays 16:00", "Free"),
    ("Memory Café", "Age UK Northamptonshire", "caring", "Daventry", "First Friday", "Free"),
    ("Benefits Check", "Lamplight Debt Advice", "money", "Northampton", "Weekdays", "Free"),
    ("Debt Clinic", "Lamplight Debt Advice", "money", "Corby", "Mondays 9:30", "Free"),
    (
        "Form Filling Friday",
        "Millwheel Library Friends",
        "money",
        "Northampton",
        "Fridays 10:00",
        "Free",
    ),
    ("Pension Talk", "Age UK Northamptonshire", "money", "Wellingborough", "Monthly", "Free"),
    ("Warm Homes Visits", "Limestone Home Care", "housing", "Rushden", "By arrangement", "Free"),
    ("Tenants' Advice", "Forge Row Advice", "housing", "Northampton", "Tuesdays", "Free"),
    ("Handy Help", "Age UK Northamptonshire", "housing", "Kettering", "Weekdays", "£15 an hour"),
    ("Back to Work Club", "Mayday Trust", "work", "Northampton", "Wednesdays", "Free"),
    ("Volunteer Match", "Harebell Volunteers", "work", "Daventry", "Weekdays", "Free"),
    ("Evening English", "Heronsgate Learning", "work", "Kettering", "Mondays 18:00", "Free"),
    ("Repair Café", "The Shed at Foundry Lane", "work", "Corby", "Last Saturday", "Free"),
    ("Family Time", "Kingfisher Families", "family", "Northampton", "Saturdays", "Free"),
    ("Dads Together", "Ironstone Youth", "family", "Corby", "Sundays 10:00", "Free"),
    ("Mediation Line", "Forge Row Advice", "family", "Wellingborough", "Weekdays", "Sliding"),
    ("Bereavement Companions", "Abbey Lane Hall", "bereavement", "Kettering", "Weekly", "Free"),
    ("Walking through Grief", "Skylark Walkers", "bereavement", "Brackley", "Monthly", "Free"),
    ("Lantern Group", "Lamplight Wellbeing", "bereavement", "Northampton", "Thursdays", "Free"),
    ("Tablet Tuesday", "Millwheel Library Friends", "skills", "Northampton", "Tuesdays", "Free"),
    ("Reading Friends", "Heronsgate Learning", "skills", "Kettering", "By arrangement", "Free"),
    ("Everyday English", "Ironstone Community Trust", "skills", "Corby", "Weekdays", "Free"),
    ("Dial-a-Lift", "Limestone Car Scheme", "transport", "Oundle", "Weekdays", "45p a mile"),
    ("Community Bus", "Skylark Transport", "transport", "Towcester", "Tuesdays, Fridays", "£3"),
    ("Hospital Car Scheme", "Harebell Volunteers", "transport", "Daventry", "Weekdays", "Mileage"),
    ("Foodbank", "Footprints Foodbank", "food", "Northampton", "Mondays, Thursdays", "Free"),
    ("Community Larder", "Orchard Street Kitchen", "food", "Corby", "Wednesdays", "£4 a basket"),
    ("Fuel Vouchers", "Limestone Home Care", "food", "Rushden", "Weekdays", "Free"),
    ("Lunch Club", "St Crispin's Hall", "food", "Wellingborough", "Tuesdays 12:00", "£5"),
    ("Legal Advice Evening", "Forge Row Advice", "legal", "Northampton", "First Monday", "Free"),
    ("Settled and Safe", "Kingfisher Welcome", "legal", "Northampton", "Thursdays", "Free"),
    ("Safe Harbour", "Harbour Women's Project", "abuse", "", "Day and night", "Free"),
    ("Stepping Out", "Harbour Women's Project", "abuse", "", "Weekdays", "Free"),
    ("Sober Sundays", "Clicker Street Studio", "substances", "Kettering", "Sundays", "Free"),
    ("First Steps Drop-in", "Ironstone Recovery", "substances", "Corby", "Weekdays", "Free"),
    ("Ise Valley Growers", "Ise Valley Growers", "other", "Kettering", "Saturdays", "Free"),
    ("Allotment Afternoons", "Green Lanes Growers", "other", "Northampton", "Sundays", "Free"),
)
