<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionBar</name>
    <message>
        <source>{actions}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CaseWords</name>
    <message>
        <source>Consultation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request for help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Praise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mayor&apos;s mailbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>App</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weibo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Website</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dispatched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First contact made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In handling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Completed by unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be visited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extension asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report, secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Within limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provisional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No limit running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned for changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Under supervision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By text message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reply to notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 working day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} working days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Just overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overdue {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less than an hour left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left}, provisional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number ending {tail}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(sample)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type to search…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColumnLayout</name>
    <message>
        <source>Sort by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore default columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DateTimeField</name>
    <message>
        <source>No date chosen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>required</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ListTable</name>
    <message>
        <source>Nothing here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlainText</name>
    <message>
        <source>… {count} more characters are not shown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>First sync</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First sync: {rows} of {total} rows, {pages} pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First sync: asking the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} · paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} · {seconds} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} · {minutes} min left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Fold the rail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfold the rail</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Keys and help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>synced {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been synced yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last sync: {time}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>{count} characters too long</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WhyPopup</name>
    <message>
        <source>Sync now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what is waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading and recording go on; what you record is sent when the server is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes on the server arrive here by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) waiting to be sent.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>It could not be done (reason: %1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server under maintenance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network wants a sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed out. Sign in to do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This needs the server, and there is no connection at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This needs the server; the connection is being made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your sign-in has expired. Sign in again to do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This needs the server, which is under maintenance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asks for a newer version of this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network asks for a sign-in of its own before it lets us through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has already been acknowledged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This matter is already under supervision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value does not fit its field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record is not complete or not well formed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It exists already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This field cannot be changed any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something required is still missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no longer here: it was removed or moved out of your scope.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody approves their own act.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no longer in your scope.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your role does not permit this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its state has changed meanwhile; this step is no longer possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else has changed the same field meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else has changed it meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not know this kind of work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has another record under the same number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It waits for an earlier entry of the same case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being sent at this moment and cannot be changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has been sent already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outside the hours in which citizens may be called.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No calls on public holidays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too soon after the last attempt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All permitted attempts have been used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next attempt must be at another time of day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next attempt must be on another day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This return visit is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time lies in the past.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is waiting to be called now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A colleague is calling this person at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The visit was held too long without a call. Take it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This person was spoken to within the last day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line is in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have looked up as many contacts as one hour permits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only cleared colleagues may see the identity behind a report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have cut the network of the sample city.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s name is not known on this network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answers at this address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is not that of a supervision server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is larger than permitted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is under maintenance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server reports a fault of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many requests in a short time. It goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your sign-in has expired. Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not accept the sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in in the browser was not completed in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This device has been locked by the office.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an address of a server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample clock only moves forward.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asks to try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full. Nothing was lost; make room and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk reports an error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store is busy. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store&apos;s folder cannot be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store cannot be read with this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store was written by a newer version of this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile is already open in another window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system&apos;s keyring is locked. Unlock it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passphrase does not fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something unexpected happened ({kind}). It has been written to the log.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
