"""What the doctor finds wrong, in words: each with what to do about it."""

from __future__ import annotations

from agent_toolbar.i18n.translation import QT_TRANSLATE_NOOP

# What keeps calls away or hampers them: the sentence, and what to do. With "_for": when the reason is known.
PROBLEMS: dict[str, tuple[str, str]] = {
    "crm_key_missing": (
        QT_TRANSLATE_NOOP("Doctor", "The key for the CRM is missing, so nothing is written there."),
        QT_TRANSLATE_NOOP("Doctor", "Enter it."),
    ),
    "crm_key_refused": (
        QT_TRANSLATE_NOOP("Doctor", "The CRM does not take your key: it is wrong or has expired."),
        QT_TRANSLATE_NOOP("Doctor", "Enter the new one."),
    ),
    "crm_not_signed_in": (
        QT_TRANSLATE_NOOP("Doctor", "The CRM cannot be signed in to ({url}). It is tried again; the log waits."),
        QT_TRANSLATE_NOOP("Doctor", "Try now, or ask who runs the CRM."),
    ),
    "outbox_stuck": (
        QT_TRANSLATE_NOOP("Doctor", "Calls that cannot be written to the CRM without you: {count}."),
        QT_TRANSLATE_NOOP("Doctor", "Look at them: change, send again or discard each."),
    ),
    "not_set_up_yet": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone is not set up yet."),
        QT_TRANSLATE_NOOP("Doctor", "Fill in server and extension."),
    ),
    "cti_off": (
        QT_TRANSLATE_NOOP("Doctor", "CTI is off, so no calls come in."),
        QT_TRANSLATE_NOOP("Doctor", "Switch CTI on."),
    ),
    "no_microphone": (
        QT_TRANSLATE_NOOP("Doctor", "There is no microphone: callers would not hear you."),
        QT_TRANSLATE_NOOP("Doctor", "Plug in a headset, or choose another device."),
    ),
    "no_speaker": (
        QT_TRANSLATE_NOOP("Doctor", "There is no speaker: you would hear nothing."),
        QT_TRANSLATE_NOOP("Doctor", "Plug in a headset, or choose another device."),
    ),
    "no_ringer": (
        QT_TRANSLATE_NOOP("Doctor", "There is no device to ring on: you see calls, but do not hear them."),
        QT_TRANSLATE_NOOP("Doctor", "Choose a device for ringing."),
    ),
    "chosen_device_gone": (
        QT_TRANSLATE_NOOP("Doctor", "{device} is not plugged in. In its place: {instead}."),
        QT_TRANSLATE_NOOP("Doctor", "Plug it in, or choose another device."),
    ),
    "device_refused": (
        QT_TRANSLATE_NOOP("Doctor", "{device} does not open."),
        QT_TRANSLATE_NOOP("Doctor", "Close the program that holds it, or choose another device."),
    ),
    "no_sound_system": (
        QT_TRANSLATE_NOOP("Doctor", "This computer has no sound system: calls come in, but nothing is heard."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who looks after this computer."),
    ),
    "microphone_silent": (
        QT_TRANSLATE_NOOP("Doctor", "The microphone is turned down to zero: callers do not hear you."),
        QT_TRANSLATE_NOOP("Doctor", "Turn it up."),
    ),
    "ringer_silent": (
        QT_TRANSLATE_NOOP("Doctor", "Ringing is turned down to zero: you see calls, but do not hear them."),
        QT_TRANSLATE_NOOP("Doctor", "Turn it up."),
    ),
    "speaker_silent": (
        QT_TRANSLATE_NOOP("Doctor", "The speaker is turned down to zero: you hear nobody."),
        QT_TRANSLATE_NOOP("Doctor", "Turn it up."),
    ),
    "microphone_muted": (
        QT_TRANSLATE_NOOP("Doctor", "Your microphone is muted in the call with {name}."),
        QT_TRANSLATE_NOOP("Doctor", "Unmute it in the bar."),
    ),
    "microphone_hears_nothing": (
        QT_TRANSLATE_NOOP("Doctor", "Nothing at all comes from the microphone {microphone}: callers may not hear you."),
        QT_TRANSLATE_NOOP(
            "Doctor", "Unmute it at the headset and in the system’s sound settings, then check again while you speak."
        ),
    ),
    "in_a_call": (
        QT_TRANSLATE_NOOP("Doctor", "You are in a call with {name}; a queue usually sends no second one."),
        QT_TRANSLATE_NOOP("Doctor", "Calls come again when it is over."),
    ),
    "ringing_call": (
        QT_TRANSLATE_NOOP("Doctor", "{name} is calling; a queue usually sends no second call meanwhile."),
        QT_TRANSLATE_NOOP("Doctor", "Answer, or wait until it is over."),
    ),
    "dialled_call": (
        QT_TRANSLATE_NOOP("Doctor", "You are calling {name}; a queue usually sends no call meanwhile."),
        QT_TRANSLATE_NOOP("Doctor", "Calls come again when it is over."),
    ),
    "call_on_hold": (
        QT_TRANSLATE_NOOP("Doctor", "Your call with {name} is still on hold; a queue usually sends no second one."),
        QT_TRANSLATE_NOOP("Doctor", "Take it back, or end it."),
    ),
    "engine_starting": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone part is just starting."),
        QT_TRANSLATE_NOOP("Doctor", "Wait a few seconds, then check again."),
    ),
    "engine_failed": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone part stops again and again."),
        QT_TRANSLATE_NOOP("Doctor", "Try again, or start the computer anew."),
    ),
    "engine_stopped": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone part is not running."),
        QT_TRANSLATE_NOOP("Doctor", "Start it again."),
    ),
    "no_network": (
        QT_TRANSLATE_NOOP("Doctor", "This computer has no way to the telephone system ({server})."),
        QT_TRANSLATE_NOOP("Doctor", "Check the cable, the Wi-Fi or the VPN."),
    ),
    "names_silent": (
        QT_TRANSLATE_NOOP("Doctor", "Nobody answers the question where {server} is."),
        QT_TRANSLATE_NOOP("Doctor", "Check the network and the VPN."),
    ),
    "unknown_name": (
        QT_TRANSLATE_NOOP("Doctor", "There is no computer named {server}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the server's name."),
    ),
    "only_ipv6": (
        QT_TRANSLATE_NOOP("Doctor", "{server} has an IPv6 address only, which this telephone cannot use."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system for an IPv4 address."),
    ),
    "port_closed": (
        QT_TRANSLATE_NOOP("Doctor", "{server} can be reached, but nothing listens at port {port} ({transport})."),
        QT_TRANSLATE_NOOP("Doctor", "Check port and transport, or ask who runs the telephone system."),
    ),
    "no_sip_answer": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not answer ({server}, port {port}, {transport})."),
        QT_TRANSLATE_NOOP("Doctor", "Check server and port; perhaps a VPN has to be on."),
    ),
    "not_reached": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system cannot be reached ({server}: {detail})."),
        QT_TRANSLATE_NOOP("Doctor", "Check the network and the VPN."),
    ),
    "certificate_expired": (
        QT_TRANSLATE_NOOP("Doctor", "The certificate of {server} has expired."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system to renew it."),
    ),
    "certificate_not_yet": (
        QT_TRANSLATE_NOOP("Doctor", "The certificate of {server} is not valid yet."),
        QT_TRANSLATE_NOOP("Doctor", "Check date and time of this computer, then ask who runs the telephone system."),
    ),
    "certificate_self_signed": (
        QT_TRANSLATE_NOOP("Doctor", "The certificate of {server} is signed by nobody but itself."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who looks after this computer whether it is to be trusted."),
    ),
    "certificate_unknown_issuer": (
        QT_TRANSLATE_NOOP(
            "Doctor", "The certificate of {server} comes from somebody whom this computer does not know."
        ),
        QT_TRANSLATE_NOOP("Doctor", "Ask who looks after this computer whether it is to be trusted."),
    ),
    "certificate_wrong_name": (
        QT_TRANSLATE_NOOP("Doctor", "The certificate is for another name than {server}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the server’s name, then ask who runs the telephone system."),
    ),
    "certificate_not_trusted": (
        QT_TRANSLATE_NOOP("Doctor", "The certificate of {server} is not trusted ({detail})."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system."),
    ),
    "certificate_ends_soon": (
        QT_TRANSLATE_NOOP("Doctor", "The certificate of {server} is valid for {days} more days only."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system to renew it."),
    ),
    "registering": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone is just connecting to {server}."),
        QT_TRANSLATE_NOOP("Doctor", "Wait a few seconds, then check again."),
    ),
    "registration_no_account": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone is not set up yet."),
        QT_TRANSLATE_NOOP("Doctor", "Fill in server and extension."),
    ),
    "registration_no_password": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone's password is missing."),
        QT_TRANSLATE_NOOP("Doctor", "Enter it."),
    ),
    "registration_unknown_host": (
        QT_TRANSLATE_NOOP("Doctor", "There is no computer named {server}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the server's name."),
    ),
    "registration_unreachable": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system cannot be reached ({server})."),
        QT_TRANSLATE_NOOP("Doctor", "Check the network and the VPN."),
    ),
    "registration_timeout": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not answer your telephone ({server})."),
        QT_TRANSLATE_NOOP("Doctor", "Try again, then ask who runs it."),
    ),
    "registration_wrong_password": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system refuses the password of extension {extension}."),
        QT_TRANSLATE_NOOP("Doctor", "Enter the password again; mind capital letters."),
    ),
    "registration_not_allowed": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not admit extension {extension}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the extension, then ask who runs the telephone system."),
    ),
    "registration_unknown_extension": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system does not know extension {extension}."),
        QT_TRANSLATE_NOOP("Doctor", "Check the extension."),
    ),
    "registration_server_error": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system has a fault of its own ({status})."),
        QT_TRANSLATE_NOOP("Doctor", "Try again later, or ask who runs it."),
    ),
    "registration_tls": (
        QT_TRANSLATE_NOOP("Doctor", "No safe connection to {server} can be made."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs the telephone system."),
    ),
    "registration_other": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system refuses to connect ({status} {reason})."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who runs it what that means."),
    ),
    "nat_private_contact": (
        QT_TRANSLATE_NOOP(
            "Doctor",
            "The telephone system sees you at {seen}, but was told to call {contact}, which only your own network"
            " knows.",
        ),
        QT_TRANSLATE_NOOP(
            "Doctor", "Check again; if it stays so, ask who runs the telephone system to call where you are seen (NAT)."
        ),
    ),
    "no_codec": (
        QT_TRANSLATE_NOOP("Doctor", "No sound format is chosen, so no call can be taken."),
        QT_TRANSLATE_NOOP("Doctor", "Choose at least one."),
    ),
    "no_common_codec": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system takes none of the sound formats chosen here ({codecs})."),
        QT_TRANSLATE_NOOP("Doctor", "Choose others, or ask who runs the telephone system which it takes."),
    ),
    "queue_does_not_know": (
        QT_TRANSLATE_NOOP("Doctor", "Only this telephone knows whether you are ready; the queue is not told."),
        QT_TRANSLATE_NOOP("Doctor", "Ask who set up this toolbar how the queue can be told."),
    ),
    "queue_logged_out": (
        QT_TRANSLATE_NOOP("Doctor", "You are not signed in at the queue."),
        QT_TRANSLATE_NOOP("Doctor", "Press “Set mine again”, or ask your supervisor."),
    ),
    "queue_lost": (
        QT_TRANSLATE_NOOP("Doctor", "The queue does not confirm what you chose, so it may believe you are away."),
        QT_TRANSLATE_NOOP("Doctor", "Press “Set mine again”."),
    ),
    "not_ready_chosen": (
        QT_TRANSLATE_NOOP("Doctor", "You chose not to be ready."),
        QT_TRANSLATE_NOOP("Doctor", "Go ready when you want calls."),
    ),
    "not_ready_chosen_for": (
        QT_TRANSLATE_NOOP("Doctor", "You chose not to be ready ({reason})."),
        QT_TRANSLATE_NOOP("Doctor", "Go ready when you want calls."),
    ),
    "paused_there": (
        QT_TRANSLATE_NOOP("Doctor", "Somebody else paused you at the telephone system."),
        QT_TRANSLATE_NOOP("Doctor", "Press “Set mine again”, or ask your supervisor."),
    ),
    "paused_there_for": (
        QT_TRANSLATE_NOOP("Doctor", "Somebody else paused you at the telephone system ({reason})."),
        QT_TRANSLATE_NOOP("Doctor", "Press “Set mine again”, or ask your supervisor."),
    ),
    "phone_refuses": (
        QT_TRANSLATE_NOOP("Doctor", "You chose not to be ready, so this telephone refuses every call."),
        QT_TRANSLATE_NOOP("Doctor", "Go ready when you want calls."),
    ),
    "phone_refuses_for": (
        QT_TRANSLATE_NOOP("Doctor", "You chose not to be ready ({reason}), so this telephone refuses every call."),
        QT_TRANSLATE_NOOP("Doctor", "Go ready when you want calls."),
    ),
    "do_not_disturb_set": (
        QT_TRANSLATE_NOOP("Doctor", "Do not disturb is set for you at the telephone system."),
        QT_TRANSLATE_NOOP("Doctor", "Take it back there, by its code or at the other telephone."),
    ),
    "forwarding_set": (
        QT_TRANSLATE_NOOP("Doctor", "The telephone system forwards your calls elsewhere."),
        QT_TRANSLATE_NOOP("Doctor", "Take the forwarding back there, by its code or at the other telephone."),
    ),
    "wrap_up_open": (
        QT_TRANSLATE_NOOP("Doctor", "The wrap-up of {name} is still open, and no calls come meanwhile."),
        QT_TRANSLATE_NOOP("Doctor", "Finish it."),
    ),
    "wrap_up_incomplete": (
        QT_TRANSLATE_NOOP(
            "Doctor", "The wrap-up of {name} is still open and lacks something, and no calls come meanwhile."
        ),
        QT_TRANSLATE_NOOP("Doctor", "Fill in what is missing, then finish it."),
    ),
}
