<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AgentState</name>
    <message>
        <source>CTI off</source>
        <translation>CTI désactivée</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Non connecté</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Indisponible</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>En ligne</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Ça sonne</translation>
    </message>
</context>
<context>
    <name>AudioRole</name>
    <message>
        <source>Microphone</source>
        <translation>Micro</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Sonnerie</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Haut-parleur</translation>
    </message>
</context>
<context>
    <name>CallDirection</name>
    <message>
        <source>Incoming</source>
        <translation>Entrant</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>Sortant</translation>
    </message>
</context>
<context>
    <name>CallEndCause</name>
    <message>
        <source>All lines were in use</source>
        <translation>Toutes les lignes étaient occupées</translation>
    </message>
    <message>
        <source>Answered elsewhere</source>
        <translation>Pris sur un autre poste</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Occupé</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>Cut off: the telephone part had stopped</source>
        <translation>Coupé&#xa0;: la partie téléphonie s’était arrêtée</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Did not succeed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Pas de réponse</translation>
    </message>
    <message>
        <source>No common sound format</source>
        <translation>Aucun format audio commun</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>Personne n’a répondu</translation>
    </message>
    <message>
        <source>Not allowed by the telephone system</source>
        <translation>Interdit par le système téléphonique</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Refused: not from your telephone system</source>
        <translation>Refusé&#xa0;: ne vient pas de votre système téléphonique</translation>
    </message>
    <message>
        <source>Refused: the call could not be read</source>
        <translation>Refusé&#xa0;: appel illisible</translation>
    </message>
    <message>
        <source>The caller gave up</source>
        <translation>L’appelant a raccroché</translation>
    </message>
    <message>
        <source>This number does not exist</source>
        <translation>Ce numéro n’existe pas</translation>
    </message>
    <message>
        <source>You declined</source>
        <translation>Vous avez refusé</translation>
    </message>
</context>
<context>
    <name>CallState</name>
    <message>
        <source>Answering…</source>
        <translation>Décrochage…</translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation>Appel…</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>En communication</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Appel entrant</translation>
    </message>
    <message>
        <source>Ringing there…</source>
        <translation>Ça sonne là-bas…</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>A port is a number from 1 to 65535. Leave it out if you do not know it.</source>
        <translation>Un port est un nombre de 1 à 65535. Ne mettez rien si vous ne le connaissez pas.</translation>
    </message>
    <message>
        <source>No connection to the network can be opened. Check the network.</source>
        <translation>Impossible d’ouvrir une connexion au réseau. Vérifiez le réseau.</translation>
    </message>
    <message>
        <source>Only 0 to 9, A to D, * and # can be sent as tones.</source>
        <translation>Seuls 0 à 9, A à D, * et # peuvent être envoyés en tonalités.</translation>
    </message>
    <message>
        <source>The call cannot do that now.</source>
        <translation>Impossible pour cet appel en ce moment.</translation>
    </message>
    <message>
        <source>The call did not end properly. Try to hang up again.</source>
        <translation>L’appel ne s’est pas bien terminé. Essayez de raccrocher à nouveau.</translation>
    </message>
    <message>
        <source>The call has moved on meanwhile. Look at it and try again.</source>
        <translation>L’appel a changé entre-temps. Regardez-le et réessayez.</translation>
    </message>
    <message>
        <source>The call is not connected yet.</source>
        <translation>L’appel n’est pas encore établi.</translation>
    </message>
    <message>
        <source>The practice line did not start ({detail}). Try again.</source>
        <translation>La ligne d’entraînement n’a pas démarré ({detail}). Réessayez.</translation>
    </message>
    <message>
        <source>The sound test waits until your call is over.</source>
        <translation>Le test du son attend la fin de votre appel.</translation>
    </message>
    <message>
        <source>The telephone could not begin to connect. Check the account.</source>
        <translation>Le téléphone n’a pas pu se connecter. Vérifiez le compte.</translation>
    </message>
    <message>
        <source>The telephone could not do that with this call. Try again.</source>
        <translation>Le téléphone n’a pas pu faire cela avec cet appel. Réessayez.</translation>
    </message>
    <message>
        <source>The telephone part is not running yet. Try again in a moment.</source>
        <translation>La partie téléphonie n’est pas encore prête. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>This call is over already.</source>
        <translation>Cet appel est déjà terminé.</translation>
    </message>
    <message>
        <source>This cannot be called. Type a number or a SIP address.</source>
        <translation>Impossible d’appeler cela. Saisissez un numéro ou une adresse SIP.</translation>
    </message>
    <message>
        <source>This did not work ({code}). If it happens again, tell your support this word.</source>
        <translation>Cela n’a pas marché ({code}). Si cela se reproduit, donnez ce mot à votre assistance.</translation>
    </message>
    <message>
        <source>You are in a call with {name}. Switching CTI off ends it.</source>
        <translation>Vous êtes en ligne avec {name}. Désactiver la CTI met fin à l’appel.</translation>
    </message>
    <message>
        <source>“{extension}” is not an extension. It looks like 204.</source>
        <translation>«&#xa0;{extension}&#xa0;» n’est pas un numéro de poste. Exemple&#xa0;: 204.</translation>
    </message>
    <message>
        <source>“{server}” is not the name of a server. It looks like pbx.example.com.</source>
        <translation>«&#xa0;{server}&#xa0;» n’est pas un nom de serveur. Exemple&#xa0;: pbx.example.com.</translation>
    </message>
    <message>
        <source>“{text}” is not a telephone number. Nothing was dialled.</source>
        <translation>«&#xa0;{text}&#xa0;» n’est pas un numéro de téléphone. Rien n’a été composé.</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>A call was turned away because all four lines were in use.</source>
        <translation>Un appel a été refusé&#xa0;: les quatre lignes étaient occupées.</translation>
    </message>
    <message>
        <source>Another device</source>
        <translation>Un autre appareil</translation>
    </message>
    <message>
        <source>No device to ring on: you will see calls, but not hear them.</source>
        <translation>Rien pour sonner&#xa0;: vous verrez les appels sans les entendre.</translation>
    </message>
    <message>
        <source>No microphone: the other side hears nothing. Plug in a headset.</source>
        <translation>Pas de micro&#xa0;: votre interlocuteur n’entend rien. Branchez un casque.</translation>
    </message>
    <message>
        <source>No safe connection to {server} can be made. Calls cannot come in.</source>
        <translation>Impossible d’établir une connexion sûre avec {server}. Les appels n’arrivent pas.</translation>
    </message>
    <message>
        <source>No speaker: you will hear nothing. Plug in a headset.</source>
        <translation>Pas de haut-parleur&#xa0;: vous n’entendrez rien. Branchez un casque.</translation>
    </message>
    <message>
        <source>The call history cannot be written now. Calls are kept in memory and written later.</source>
        <translation>L’historique ne peut pas être enregistré pour l’instant. Les appels restent en mémoire et seront enregistrés plus tard.</translation>
    </message>
    <message>
        <source>The call history was damaged and set aside ({file}). New calls are written to a new one.</source>
        <translation>L’historique était abîmé et a été mis de côté ({file}). Les nouveaux appels vont dans un nouvel historique.</translation>
    </message>
    <message>
        <source>The call to {name} did not come about: {cause}.</source>
        <translation>L’appel vers {name} n’a pas abouti&#xa0;: {cause}.</translation>
    </message>
    <message>
        <source>The contacts cannot be read now. Calls show numbers only.</source>
        <translation>Les contacts sont illisibles pour l’instant. Les appels n’affichent que des numéros.</translation>
    </message>
    <message>
        <source>The contacts were damaged and set aside ({file}). Calls show numbers only. Import the contacts again.</source>
        <translation>Les contacts étaient abîmés et ont été mis de côté ({file}). Les appels n’affichent que des numéros. Importez les contacts à nouveau.</translation>
    </message>
    <message>
        <source>The disk is full: calls are kept in memory only. Make some room, then they are written.</source>
        <translation>Le disque est plein&#xa0;: les appels ne sont gardés qu’en mémoire. Faites de la place, ils seront alors enregistrés.</translation>
    </message>
    <message>
        <source>The disk is full: contacts cannot be stored. Make some room.</source>
        <translation>Le disque est plein&#xa0;: impossible d’enregistrer les contacts. Faites de la place.</translation>
    </message>
    <message>
        <source>The settings file cannot be read ({file}). Built-in settings are in force; the file is left as it is.</source>
        <translation>Le fichier de réglages est illisible ({file}). Les réglages d’origine s’appliquent&#xa0;; le fichier reste tel quel.</translation>
    </message>
    <message>
        <source>The settings file has an unknown entry “{key}” ({file}). Built-in settings are in force.</source>
        <translation>Le fichier de réglages contient une entrée inconnue, «&#xa0;{key}&#xa0;» ({file}). Les réglages d’origine s’appliquent.</translation>
    </message>
    <message>
        <source>The telephone is not set up yet, so there are no calls.</source>
        <translation>Le téléphone n’est pas encore configuré&#xa0;: pas d’appels pour l’instant.</translation>
    </message>
    <message>
        <source>The telephone part stopped and is starting again. One moment.</source>
        <translation>La partie téléphonie s’est arrêtée et redémarre. Un instant.</translation>
    </message>
    <message>
        <source>The telephone part stops again and again, so there are no calls. Try again, or start the computer anew.</source>
        <translation>La partie téléphonie s’arrête sans cesse&#xa0;: pas d’appels. Réessayez, ou redémarrez l’ordinateur.</translation>
    </message>
    <message>
        <source>The telephone system cannot be reached ({server}). Calls cannot come in.</source>
        <translation>Le système téléphonique est injoignable ({server}). Les appels n’arrivent pas.</translation>
    </message>
    <message>
        <source>The telephone system does not admit extension {extension}. Calls cannot come in. Ask who runs it.</source>
        <translation>Le système téléphonique n’admet pas le poste {extension}. Les appels n’arrivent pas. Adressez-vous à son responsable.</translation>
    </message>
    <message>
        <source>The telephone system does not answer ({server}). Calls cannot come in.</source>
        <translation>Le système téléphonique ne répond pas ({server}). Les appels n’arrivent pas.</translation>
    </message>
    <message>
        <source>The telephone system does not know extension {extension}. Calls cannot come in.</source>
        <translation>Le système téléphonique ne connaît pas le poste {extension}. Les appels n’arrivent pas.</translation>
    </message>
    <message>
        <source>The telephone system has a fault of its own ({server}). Calls cannot come in.</source>
        <translation>Le système téléphonique est lui-même en panne ({server}). Les appels n’arrivent pas.</translation>
    </message>
    <message>
        <source>The telephone system refuses the password of extension {extension}. Calls cannot come in.</source>
        <translation>Le système téléphonique refuse le mot de passe du poste {extension}. Les appels n’arrivent pas.</translation>
    </message>
    <message>
        <source>The telephone system refuses to connect ({server}: {status} {reason}). Calls cannot come in.</source>
        <translation>Le système téléphonique refuse la connexion ({server}&#xa0;: {status} {reason}). Les appels n’arrivent pas.</translation>
    </message>
    <message>
        <source>The telephone&apos;s password is missing, so calls cannot come in.</source>
        <translation>Il manque le mot de passe du téléphone&#xa0;: les appels n’arrivent pas.</translation>
    </message>
    <message>
        <source>There is no computer named {server}. Calls cannot come in. Check the server&apos;s name.</source>
        <translation>Aucune machine ne s’appelle {server}. Les appels n’arrivent pas. Vérifiez le nom du serveur.</translation>
    </message>
    <message>
        <source>This computer has no safe place for passwords. Yours is kept until you quit, then asked again.</source>
        <translation>Cet ordinateur n’a pas de coffre pour les mots de passe. Le vôtre est gardé jusqu’à la fermeture, puis redemandé.</translation>
    </message>
    <message>
        <source>This computer has no sound system. Calls work, but nothing is heard on either side.</source>
        <translation>Cet ordinateur n’a pas de système audio. Les appels passent, mais personne n’entend rien.</translation>
    </message>
    <message>
        <source>Trying again in {seconds} s.</source>
        <translation>Nouvel essai dans {seconds}&#xa0;s.</translation>
    </message>
    <message>
        <source>Trying again now.</source>
        <translation>Nouvel essai en cours.</translation>
    </message>
    <message>
        <source>{device} does not open. Perhaps another program holds it; close that or choose another device.</source>
        <translation>{device} ne s’ouvre pas. Un autre programme l’utilise peut-être&#xa0;: fermez-le ou choisissez un autre appareil.</translation>
    </message>
    <message>
        <source>{device} is not plugged in. {instead} stands in for it.</source>
        <translation>{device} n’est pas branché. {instead} prend le relais.</translation>
    </message>
</context>
<context>
    <name>Importance</name>
    <message>
        <source>Important</source>
        <translation>Important</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
</context>
<context>
    <name>MatchLevel</name>
    <message>
        <source>Internal extension</source>
        <translation>Poste interne</translation>
    </message>
    <message>
        <source>Perhaps: only the last 8 digits agree</source>
        <translation>Peut-être&#xa0;: seuls les 8 derniers chiffres concordent</translation>
    </message>
    <message>
        <source>Perhaps: only the last 9 digits agree</source>
        <translation>Peut-être&#xa0;: seuls les 9 derniers chiffres concordent</translation>
    </message>
    <message>
        <source>Same number</source>
        <translation>Même numéro</translation>
    </message>
    <message>
        <source>Same number in this country</source>
        <translation>Même numéro dans ce pays</translation>
    </message>
    <message>
        <source>Same number, written differently</source>
        <translation>Même numéro, écrit autrement</translation>
    </message>
</context>
<context>
    <name>QualityGrade</name>
    <message>
        <source>Fair sound</source>
        <translation>Son moyen</translation>
    </message>
    <message>
        <source>Good sound</source>
        <translation>Bon son</translation>
    </message>
    <message>
        <source>Poor sound</source>
        <translation>Mauvais son</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>All four lines are in use. Hang up one call first.</source>
        <translation>Les quatre lignes sont occupées. Raccrochez d’abord un appel.</translation>
    </message>
    <message>
        <source>CTI is off. Switch it on to make and take calls.</source>
        <translation>La CTI est désactivée. Activez-la pour passer et recevoir des appels.</translation>
    </message>
    <message>
        <source>No call is ringing.</source>
        <translation>Aucun appel ne sonne.</translation>
    </message>
    <message>
        <source>The call is not connected yet.</source>
        <translation>L’appel n’est pas encore établi.</translation>
    </message>
    <message>
        <source>The call is not on hold.</source>
        <translation>L’appel n’est pas en attente.</translation>
    </message>
    <message>
        <source>The call is on hold already.</source>
        <translation>L’appel est déjà en attente.</translation>
    </message>
    <message>
        <source>The hold is just changing. One moment.</source>
        <translation>La mise en attente est en train de changer. Un instant.</translation>
    </message>
    <message>
        <source>The telephone is still starting. One moment.</source>
        <translation>Le téléphone démarre encore. Un instant.</translation>
    </message>
    <message>
        <source>The telephone system is not connected, so no call can be made now.</source>
        <translation>Le système téléphonique n’est pas connecté&#xa0;: impossible d’appeler pour le moment.</translation>
    </message>
    <message>
        <source>There is no call now.</source>
        <translation>Aucun appel en cours.</translation>
    </message>
    <message>
        <source>Your microphone is muted already.</source>
        <translation>Votre micro est déjà coupé.</translation>
    </message>
    <message>
        <source>Your microphone is not muted.</source>
        <translation>Votre micro n’est pas coupé.</translation>
    </message>
</context>
<context>
    <name>Registration</name>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Connected as {extension} at {server}</source>
        <translation>Connecté comme {extension} sur {server}</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Non connecté</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Signing off…</source>
        <translation>Déconnexion…</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>Choose device</source>
        <translation>Choisir un appareil</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Enter password</source>
        <translation>Saisir le mot de passe</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Ouvrir les réglages</translation>
    </message>
    <message>
        <source>Set up telephone</source>
        <translation>Configurer le téléphone</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>SkipReason</name>
    <message>
        <source>No name</source>
        <translation>Pas de nom</translation>
    </message>
    <message>
        <source>No telephone number</source>
        <translation>Pas de numéro de téléphone</translation>
    </message>
    <message>
        <source>Not a telephone number</source>
        <translation>Ce n’est pas un numéro de téléphone</translation>
    </message>
    <message>
        <source>The row does not fit the columns</source>
        <translation>La ligne ne correspond pas aux colonnes</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>Trop long</translation>
    </message>
    <message>
        <source>Unreadable characters</source>
        <translation>Caractères illisibles</translation>
    </message>
</context>
</TS>
