"""A made-up meeting of Wexcombe's families panel, as the pages of its agenda pack."""

from __future__ import annotations

AGENDA = """WEXCOMBE COUNCIL
Families Scrutiny Panel
Tuesday, 14 May 2019 at 6.30 pm, Guildhall
AGENDA
1. Apologies for absence
2. Declarations of interest
3. Minutes of the last meeting (Pages 1 - 1)
4. Performance of social care, year end (Pages 2 - 4)
5. Update on school places (Pages 5 - 6)
6. Any other urgent business"""

MINUTES = """Agenda Item 3
Minutes of a meeting of the Families Scrutiny Panel held on 12 March 2019
Present: Councillors Aldous, Birt and Crane
5. Performance of social care
The panel heard that 70% of reviews had been on time in December 2018.
Page 1"""

REPORT = """Agenda Item 4
Report to: Families Scrutiny Panel
Date: 14 May 2019
Report of: Head of Social Care
Title: Social care performance at the end of 2018/19
1. Introduction
This report covers performance for the year 2018/19.
2. Visits
At 31 March 2019, 84% of children in need had been visited in time.
Page 2"""

SECOND_PAGE = """3. Reviews
In 2018/19 91.5% of looked after reviews were held on time.
4. Staffing
Agency social workers made up 12.1% of the workforce.
Page 3"""

APPENDIX = """Appendix A: Scorecard
Initial conferences within 15 days reached 77%.
Page 4"""

SCHOOLS = """Agenda Item 5
Report to: Families Scrutiny Panel
Date: 14 May 2019
Report of: Head of Learning
Title: School places, quarter 3 2018/19
1. Summary
This report covers performance for quarter 3 of 2018/19, at whose end 120 places were to spare.
Page 5"""

SCHOOLS_END = """2. Next steps
The plan will be brought back.
Page 6"""

PAGES = (AGENDA, MINUTES, REPORT, SECOND_PAGE, APPENDIX, SCHOOLS, SCHOOLS_END)
"""The whole pack."""


def unstamped(page: str) -> str:
    """A page without the clerk's stamp of the agenda item and the pack's page number."""
    return "\n".join(line for line in page.split("\n") if not line.startswith(("Agenda Item", "Page ")))
