<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AgentState</name>
    <message>
        <source>CTI off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AudioRole</name>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallDirection</name>
    <message>
        <source>Incoming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallEndCause</name>
    <message>
        <source>All lines were in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut off: the telephone part had stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did not succeed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No common sound format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not allowed by the telephone system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused: not from your telephone system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused: the call could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The caller gave up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This number does not exist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You declined</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallState</name>
    <message>
        <source>Answering…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ringing there…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>A call is up. Switching CTI off ends it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535. Leave it out if you do not know it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call cannot do that now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone part is not running yet. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This call is over already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This did not work ({code}). If it happens again, tell your support this word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{digits}” cannot be sent as tones. Use 0 to 9, * and #.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{extension}” is not an extension. It looks like 204.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{server}” is not the name of a server. It looks like pbx.example.com.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is not a telephone number. Nothing was dialled.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>A call was turned away because all four lines were in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No device to ring on: you will see calls, but not hear them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No microphone: the other side hears nothing. Plug in a headset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No safe connection to {server} can be made. Calls cannot come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No speaker: you will hear nothing. Plug in a headset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is wrong ({code}). If it stays, tell your support this word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call did not come about: {cause}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call history cannot be written now. Calls are kept in memory and written later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call history was damaged and set aside ({file}). New calls are written to a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The contacts cannot be read now. Calls show numbers only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The contacts were damaged and set aside ({file}). Calls show numbers only. Import the contacts again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: calls are kept in memory only. Make some room, then they are written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: contacts cannot be stored. Make some room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file cannot be read ({file}). Built-in settings are in force; the file is left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file has an unknown entry “{key}” ({file}). Built-in settings are in force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone is not set up yet, so there are no calls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone part stopped and is starting again. One moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone part stops again and again, so there are no calls. Try again, or start the computer anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone system cannot be reached ({server}). Calls cannot come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone system does not admit extension {extension}. Calls cannot come in. Ask who runs it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone system does not answer ({server}). Calls cannot come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone system does not know extension {extension}. Calls cannot come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone system has a fault of its own ({server}). Calls cannot come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone system refuses the password of extension {extension}. Calls cannot come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone system refuses to connect ({server}: {sip_status} {sip_reason}). Calls cannot come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone&apos;s password is missing, so calls cannot come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no computer named {server}. Calls cannot come in. Check the server&apos;s name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no safe place for passwords. Yours is kept until you quit, then asked again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no sound system. Calls work, but nothing is heard on either side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying again in {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying again now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{device} does not open. Perhaps another program holds it; close that or choose another device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{device} is not plugged in. Another device stands in for it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Importance</name>
    <message>
        <source>Important</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VIP</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MatchLevel</name>
    <message>
        <source>Internal extension</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perhaps: only the last 8 digits agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perhaps: only the last 9 digits agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same number in this country</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same number, written differently</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QualityGrade</name>
    <message>
        <source>Fair sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poor sound</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>All four lines are in use. Hang up one call first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CTI is off. Switch it on to make and take calls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No call is ringing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call is not connected yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call is not on hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call is on hold already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hold is just changing. One moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone is still starting. One moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The telephone system is not connected, so no call can be made now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your microphone is muted already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your microphone is not muted.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Registration</name>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected as {extension} at {server}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing off…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>Choose device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up telephone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SkipReason</name>
    <message>
        <source>No name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No telephone number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a telephone number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row does not fit the columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreadable characters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
