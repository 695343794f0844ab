<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BulkPanel</name>
    <message numerus="yes">
        <source>Urge %n case(s)</source>
        <translation>
            <numerusform>Urge %n case</numerusform>
            <numerusform>Urge %n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Record %n urge(s)</source>
        <translation>
            <numerusform>Record %n urge</numerusform>
            <numerusform>Record %n urges</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assign the return visits of %n case(s)</source>
        <translation>
            <numerusform>Assign the return visit of %n case</numerusform>
            <numerusform>Assign the return visits of %n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assign %n visit(s)</source>
        <translation>
            <numerusform>Assign %n visit</numerusform>
            <numerusform>Assign %n visits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recorded, not sent yet</source>
        <translation>
            <numerusform>%n recorded, not sent yet</numerusform>
            <numerusform>%n recorded, not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recorded; they can be undone for some seconds</source>
        <translation>
            <numerusform>%n recorded; it can be undone for some seconds</numerusform>
            <numerusform>%n recorded; they can be undone for some seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n undone</source>
        <translation>
            <numerusform>%n undone</numerusform>
            <numerusform>%n undone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Have %n case(s) looked after</source>
        <translation>
            <numerusform>Have %n case looked after</numerusform>
            <numerusform>Have %n cases looked after</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %n case(s)</source>
        <translation>
            <numerusform>Give %n case</numerusform>
            <numerusform>Give %n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseView</name>
    <message numerus="yes">
        <source>%n record(s) of yours on this case need(s) you.</source>
        <translation>
            <numerusform>One record of yours on this case needs you.</numerusform>
            <numerusform>%n records of yours on this case need you.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionWords</name>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>%n waiting to be sent</numerusform>
            <numerusform>%n waiting to be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EarlierVersions</name>
    <message numerus="yes">
        <source>Show %n earlier version(s) of what you wrote</source>
        <translation>
            <numerusform>Show the earlier version of what you wrote</numerusform>
            <numerusform>Show %n earlier versions of what you wrote</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceField</name>
    <message numerus="yes">
        <source>%n ticket(s) cited</source>
        <translation>
            <numerusform>%n ticket cited</numerusform>
            <numerusform>%n tickets cited</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) ticked</source>
        <translation>
            <numerusform>%n line ticked</numerusform>
            <numerusform>%n lines ticked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldPanel</name>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) taken along, until {time}. They stand first with N while there is no network.</source>
        <translation>
            <numerusform>%n visit taken along, until {time}. They stand first with N while there is no network.</numerusform>
            <numerusform>%n visits taken along, until {time}. They stand first with N while there is no network.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) of these visits are still on their way to the server.</source>
        <translation>
            <numerusform>%n record of these visits are still on their way to the server.</numerusform>
            <numerusform>%n records of these visits are still on their way to the server.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) taken along.</source>
        <translation>
            <numerusform>%n visit taken along.</numerusform>
            <numerusform>%n visits taken along.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingView</name>
    <message numerus="yes">
        <source>%n working day(s) to put it right</source>
        <translation>
            <numerusform>%n working day to put it right</numerusform>
            <numerusform>%n working days to put it right</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LetterSetup</name>
    <message numerus="yes">
        <source>%n template(s) copied; what was there is as it was.</source>
        <translation>
            <numerusform>%n template copied; what was there is as it was.</numerusform>
            <numerusform>%n templates copied; what was there is as it was.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NeedsYou</name>
    <message numerus="yes">
        <source>%n record(s) could not go out as recorded and need(s) you. Your words are kept.</source>
        <translation>
            <numerusform>One record could not go out as recorded and needs you. Your words are kept.</numerusform>
            <numerusform>%n records could not go out as recorded and need you. Your words are kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) to see behind a report wait(s) for a second person.</source>
        <translation>
            <numerusform>One request to see behind a report waits for a second person.</numerusform>
            <numerusform>%n requests to see behind a report wait for a second person.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxPage</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RelatedBox</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignOutPanel</name>
    <message numerus="yes">
        <source>%n entry(ies) not sent yet</source>
        <translation>
            <numerusform>%n entry not sent yet</numerusform>
            <numerusform>%n entries not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) that need you: refused, or in conflict</source>
        <translation>
            <numerusform>%n entry that needs you: refused, or in conflict</numerusform>
            <numerusform>%n entries that need you: refused, or in conflict</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) on their way</source>
        <translation>
            <numerusform>%n file on its way</numerusform>
            <numerusform>%n files on their way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n half-written form(s)</source>
        <translation>
            <numerusform>%n half-written form</numerusform>
            <numerusform>%n half-written forms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n export(s), print(s) or copy(ies) to be written down</source>
        <translation>
            <numerusform>%n export, print or copy to be written down</numerusform>
            <numerusform>%n exports, prints or copies to be written down</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <translation>
            <numerusform>%n needs you</numerusform>
            <numerusform>%n need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) on their way</source>
        <translation>
            <numerusform>%n file on its way</numerusform>
            <numerusform>%n files on their way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StoreWords</name>
    <message numerus="yes">
        <source>%n entry(ies) waiting to be sent</source>
        <translation>
            <numerusform>%n entry waiting to be sent</numerusform>
            <numerusform>%n entries waiting to be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) waiting for you to settle them</source>
        <translation>
            <numerusform>%n entry waiting for you to settle it</numerusform>
            <numerusform>%n entries waiting for you to settle them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) the server has confirmed</source>
        <translation>
            <numerusform>%n entry the server has confirmed</numerusform>
            <numerusform>%n entries the server has confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n half-written form(s)</source>
        <translation>
            <numerusform>%n half-written form</numerusform>
            <numerusform>%n half-written forms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) of yours kept aside</source>
        <translation>
            <numerusform>%n text of yours kept aside</numerusform>
            <numerusform>%n texts of yours kept aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) on their way</source>
        <translation>
            <numerusform>%n file on its way</numerusform>
            <numerusform>%n files on their way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) were found and make no sense any more.</source>
        <translation>
            <numerusform>%n entry was found and makes no sense any more.</numerusform>
            <numerusform>%n entries were found and make no sense any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) must be added again.</source>
        <translation>
            <numerusform>%n file must be added again.</numerusform>
            <numerusform>%n files must be added again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) could not be read:</source>
        <translation>
            <numerusform>%n entry could not be read:</numerusform>
            <numerusform>%n entries could not be read:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TicketPane</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TidingsDesk</name>
    <message numerus="yes">
        <source>%n promised call(s) within ten minutes</source>
        <translation>
            <numerusform>%n promised call within ten minutes</numerusform>
            <numerusform>%n promised calls within ten minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>%n case(s) newly escalated</source>
        <translation>
            <numerusform>%n case newly escalated</numerusform>
            <numerusform>%n cases newly escalated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) to your supervision</source>
        <translation>
            <numerusform>%n answer to your supervision</numerusform>
            <numerusform>%n answers to your supervision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) due within the hour</source>
        <translation>
            <numerusform>%n case due within the hour</numerusform>
            <numerusform>%n cases due within the hour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n promised call(s) within ten minutes</source>
        <translation>
            <numerusform>%n promised call within ten minutes</numerusform>
            <numerusform>%n promised calls within ten minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnitPane</name>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation>
            <numerusform>%n open case</numerusform>
            <numerusform>%n open cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message numerus="yes">
        <source>%n record(s) waiting to be sent.</source>
        <translation>
            <numerusform>%n record waiting to be sent.</numerusform>
            <numerusform>%n records waiting to be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) need you.</source>
        <translation>
            <numerusform>%n record needs you.</numerusform>
            <numerusform>%n records need you.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WipedPage</name>
    <message numerus="yes">
        <source>%n entry(ies) and drafts had not been sent. They were sealed for the city: only your office can open this file. Hand it to your administrator.</source>
        <translation>
            <numerusform>%n entry or draft had not been sent. It was sealed for the city: only your office can open this file. Hand it to your administrator.</numerusform>
            <numerusform>%n entries and drafts had not been sent. They were sealed for the city: only your office can open this file. Hand it to your administrator.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) and drafts had not been sent. Your city has named no recovery key, so they are gone.</source>
        <translation>
            <numerusform>%n entry or draft had not been sent. Your city has named no recovery key, so it is gone.</numerusform>
            <numerusform>%n entries and drafts had not been sent. Your city has named no recovery key, so they are gone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkloadView</name>
    <message numerus="yes">
        <source>%n visit(s) given out</source>
        <translation>
            <numerusform>%n visit given out</numerusform>
            <numerusform>%n visits given out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Proposed: %n visit(s) change hands</source>
        <translation>
            <numerusform>Proposed: %n visit change hands</numerusform>
            <numerusform>Proposed: %n visits change hands</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s)</source>
        <translation>
            <numerusform>%n visit</numerusform>
            <numerusform>%n visits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n given out, not sent yet</source>
        <translation>
            <numerusform>%n given out, not sent yet</numerusform>
            <numerusform>%n given out, not sent yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%n working day(s)</source>
        <translation>
            <numerusform>%n working day</numerusform>
            <numerusform>%n working days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them</source>
        <translation>
            <numerusform>%n of them</numerusform>
            <numerusform>%n of them</numerusform>
        </translation>
    </message>
</context>
</TS>
