"""The audit's report in French, by its English sentences. A test holds it against the report."""

from __future__ import annotations

FRENCH: dict[str, str] = {
    # the report as a whole
    "Audit of {server}": "Audit de {server}",
    "Asked on {written} as extension {extension} over {transport}. No registration was changed, no password is in this"
    " report.": "Interrogé le {written} comme poste {extension} par {transport}. Aucun enregistrement n’a été modifié, "
    "aucun mot de passe ne figure dans ce rapport.",
    "The number of registered telephones changed meanwhile, from {before} to {after}: a telephone signed on or off by"
    " itself.": "Le nombre de téléphones enregistrés a changé entre-temps, de {before} à {after} : un téléphone s’est "
    "connecté ou déconnecté de lui-même.",
    "The connection was lost ({detail}); what was not asked by then is not known.": "La connexion a été perdue "
    "({detail}) ; ce qui n’avait pas encore été demandé n’est pas connu.",
    "Signing on was refused, so nothing else was asked in the name of this extension.": "La connexion du poste a été "
    "refusée ; rien d’autre n’a donc été demandé en son nom.",
    "The time of the audit was over before everything was asked.": "Le temps de l’audit était écoulé avant que tout ait"
    " été demandé.",
    "No test call: no port for its sound ({detail}).": "Pas d’appel d’essai : aucun port pour le son ({detail}).",
    "The sound of the test call failed ({detail}).": "Le son de l’appel d’essai a échoué ({detail}).",
    "What it is": "Ce que c’est",
    "What it can do": "Ce qu’il sait faire",
    "What to do": "Que faire",
    "Question": "Question",
    "Answer": "Réponse",
    "Function": "Fonction",
    "Verdict": "Verdict",
    "Evidence": "Constat",
    "Advice": "Conseil",
    "✓ works": "✓ fonctionne",
    "✗ does not": "✗ ne fonctionne pas",
    "? not known": "? non connu",
    # what it is
    "Product": "Produit",
    "does not say": "ne le dit pas",
    "Address": "Adresse",
    "{transport} port {port}": "{transport}, port {port}",
    "answers: {heard}": "répond : {heard}",
    "does not answer: {heard}": "ne répond pas : {heard}",
    "Registered telephones before": "Téléphones enregistrés avant",
    "Registered telephones after": "Téléphones enregistrés après",
    "In a call: Allow": "En appel : Allow",
    "In a call: Supported": "En appel : Supported",
    "In a call: codecs taken": "En appel : codecs acceptés",
    "In a call: Session-Expires": "En appel : Session-Expires",
    "not named": "non indiqué",
    "not known ({heard})": "non connu ({heard})",
    "none": "aucun",
    "{count}, for {seconds} s at most": "{count}, pour {seconds} s au plus",
    # what was heard
    "not asked": "non demandé",
    "not asked, the time was over": "non demandé, le temps était écoulé",
    "no answer": "pas de réponse",
    "no connection": "pas de connexion",
    "connection refused": "connexion refusée",
    "the connection was closed": "la connexion a été fermée",
    "what came is no SIP": "ce qui est venu n’est pas du SIP",
    "ended by the telephone system": "terminé par le système téléphonique",
    "no test number was given": "aucun numéro d’essai n’a été donné",
    "none of ours": "aucun des nôtres",
    "no answer to it": "sans réponse",
    "{count} packets in a second": "{count} paquets en une seconde",
    "codecs taken: {codecs}": "codecs acceptés : {codecs}",
    "{count} packets came to this side in a second on hold; music is for the other side": "{count} paquets reçus de ce "
    "côté en une seconde de mise en attente ; la musique est pour l’autre côté",
    "{field} has {word}": "{field} contient {word}",
    "{field} has no {word}": "{field} ne contient pas {word}",
    "no Allow was heard": "aucun Allow n’a été reçu",
    "no Supported was heard": "aucun Supported n’a été reçu",
    "MESSAGE to nobody: {heard}": "MESSAGE à personne : {heard}",
    "INVITE with RTP/SAVP: {heard}": "INVITE avec RTP/SAVP : {heard}",
    "REGISTER names {names}": "REGISTER indique {names}",
    "REGISTER names neither outbound, Path nor Service-Route": "REGISTER n’indique ni outbound, ni Path, ni "
    "Service-Route",
    "port {port}: {heard}": "port {port} : {heard}",
    # functions
    "Signing on (password)": "Connexion du poste (mot de passe)",
    "Calls": "Appels",
    "Sound": "Son",
    "Wideband sound": "Son large bande",
    "Putting on hold": "Mise en attente",
    "Hold music": "Musique d’attente",
    "Blind transfer": "Transfert direct",
    "Consultation transfer": "Transfert avec consultation",
    "Taking calls back after a crash": "Reprise des appels après une panne",
    "Session timers (dead calls are noticed)": "Temporisateurs de session (les appels morts sont remarqués)",
    "Presence of colleagues": "Présence des collègues",
    "Presence as a status text": "Présence sous forme de texte",
    "Messages waiting": "Messages en attente",
    "Queue state by as-feature-event": "État de la file par as-feature-event",
    "Who is in a conference": "Participants d’une conférence",
    "State of registrations": "État des enregistrements",
    "Pausing in queues by MESSAGE": "Pause dans les files par MESSAGE",
    "Encrypted sound (SRTP)": "Son chiffré (SRTP)",
    "Encrypted signalling (TLS)": "Signalisation chiffrée (TLS)",
    "Long messages (TCP)": "Messages longs (TCP)",
    "Registrations behind NAT (outbound, RFC 5626)": "Enregistrements derrière un NAT (outbound, RFC 5626)",
    # advice
    "Run the audit again with a test number that answers, such as an echo.": "Relancez l’audit avec un numéro d’essai "
    "qui répond, comme un écho.",
    "Allow REFER for this extension (Asterisk: allow_transfer=yes).": "Autorisez REFER pour ce poste (Asterisk : "
    "allow_transfer=yes).",
    "Allow REFER and Replaces for this extension.": "Autorisez REFER et Replaces pour ce poste.",
    "Allow Replaces (RFC 3891).": "Autorisez Replaces (RFC 3891).",
    "Switch session timers on (RFC 4028).": "Activez les temporisateurs de session (RFC 4028).",
    "Give the extensions a hint, and allow SUBSCRIBE.": "Donnez un hint aux postes et autorisez SUBSCRIBE.",
    "Give the extension a mailbox.": "Donnez une boîte vocale au poste.",
    "Choose pausing by MESSAGE or by feature codes in the settings instead.": "Choisissez plutôt dans les réglages la "
    "pause par MESSAGE ou par codes de service.",
    "Check user name and password of the extension.": "Vérifiez le nom d’utilisateur et le mot de passe du poste.",
    "The extension is known but not admitted, or its password is wrong. Check it at the telephone system.": "Le poste "
    "est connu mais n’est pas admis, ou son mot de passe est faux. Vérifiez-le dans le système téléphonique.",
    "Check the number of the extension.": "Vérifiez le numéro du poste.",
    "Check that the extension may register.": "Vérifiez que le poste a le droit de s’enregistrer.",
    "Check the firewall and NAT for RTP, and that the test number is an echo.": "Vérifiez le pare-feu et le NAT pour "
    "RTP, et que le numéro d’essai est un écho.",
    "Allow the codec G722 or opus for this extension.": "Autorisez le codec G722 ou opus pour ce poste.",
    "Allow re-INVITE (RFC 3264 section 8.4) for this extension.": "Autorisez re-INVITE (RFC 3264 section 8.4) pour ce "
    "poste.",
    "Put a call to a second telephone on hold and listen there.": "Mettez en attente un appel vers un second téléphone "
    "et écoutez là-bas.",
    "Messages are taken. Check that the control name of the settings pauses.": "Les messages sont acceptés. Vérifiez "
    "que le nom de contrôle des réglages met bien en pause.",
    "Messages are read, but this name is nobody's. Give the control name a place in the dialplan.": "Les messages sont "
    "lus, mais ce nom n’est à personne. Donnez au nom de contrôle une place dans le plan de numérotation.",
    "Let the telephone system take MESSAGE with plain text, or pause by feature codes.": "Faites accepter au système "
    "téléphonique les MESSAGE en texte simple, ou mettez en pause par codes de service.",
    "Ask who runs the telephone system.": "Demandez à qui gère le système téléphonique.",
    "Its keys are safe over TLS only.": "Ses clés ne sont à l’abri que par TLS.",
    "Switch SRTP with SDES on for this extension (Asterisk: media_encryption=sdes).": "Activez SRTP avec SDES pour ce "
    "poste (Asterisk : media_encryption=sdes).",
    "Give the telephone system a TLS transport.": "Donnez au système téléphonique un transport TLS.",
    "Give the telephone system a TCP transport: UDP loses long messages.": "Donnez au système téléphonique un transport"
    " TCP : UDP perd les messages longs.",
}
