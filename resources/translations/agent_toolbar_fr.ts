<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Account</name>
    <message>
        <source>Extension or password are wrong. Type the password again; mind capital letters.</source>
        <translation>Le poste ou le mot de passe est faux. Retapez le mot de passe en respectant les majuscules.</translation>
    </message>
    <message>
        <source>Fill in server and extension.</source>
        <translation>Indiquez le serveur et le poste.</translation>
    </message>
    <message>
        <source>No safe connection can be made: the server&apos;s certificate is not trusted here.</source>
        <translation>Pas de connexion sûre possible&#xa0;: le certificat du serveur n’est pas reconnu ici.</translation>
    </message>
    <message>
        <source>No telephone system can be reached there. Check server and port, and the network or VPN.</source>
        <translation>Aucun système téléphonique n’est joignable à cette adresse. Vérifiez le serveur et le port, puis le réseau ou le VPN.</translation>
    </message>
    <message>
        <source>Nobody answers there. Check the server&apos;s name; perhaps it wants TCP, or a VPN has to be on.</source>
        <translation>Personne ne répond à cette adresse. Vérifiez le nom du serveur&#xa0;; il veut peut-être TCP, ou un VPN est nécessaire.</translation>
    </message>
    <message>
        <source>The telephone system answers “{status} {reason}”. Ask who runs it what that means.</source>
        <translation>Le système téléphonique répond «&#xa0;{status} {reason}&#xa0;». Demandez à son responsable ce que cela veut dire.</translation>
    </message>
    <message>
        <source>The telephone system asks for a password.</source>
        <translation>Le système téléphonique demande un mot de passe.</translation>
    </message>
    <message>
        <source>The telephone system did not take the connection. Try again.</source>
        <translation>Le système téléphonique n’a pas accepté la connexion. Réessayez.</translation>
    </message>
    <message>
        <source>The telephone system does not admit this extension from here. Ask who runs the telephone system.</source>
        <translation>Le système téléphonique n’admet pas ce poste depuis cet endroit. Adressez-vous à son responsable.</translation>
    </message>
    <message>
        <source>The telephone system does not know this extension.</source>
        <translation>Le système téléphonique ne connaît pas ce poste.</translation>
    </message>
    <message>
        <source>The telephone system has a fault of its own ({status}). Try again later.</source>
        <translation>Le système téléphonique est lui-même en panne ({status}). Réessayez plus tard.</translation>
    </message>
    <message>
        <source>There is no computer with this name. Check the spelling.</source>
        <translation>Aucune machine ne porte ce nom. Vérifiez l’orthographe.</translation>
    </message>
</context>
<context>
    <name>AccountForm</name>
    <message>
        <source>Extension</source>
        <translation>Poste</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>Plus d’options</translation>
    </message>
    <message>
        <source>Name or address of the telephone system; a port only if you were given one (name:port).</source>
        <translation>Nom ou adresse du système téléphonique, avec le port si on vous en a donné un (nom:5060).</translation>
    </message>
    <message>
        <source>Only if it is not the same as the extension.</source>
        <translation>Seulement s’il diffère du poste.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Set by your administrator.</source>
        <translation>Fixé par votre administrateur.</translation>
    </message>
    <message>
        <source>Sign-in name</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangé</translation>
    </message>
</context>
<context>
    <name>AgentMenu</name>
    <message>
        <source>In talk</source>
        <translation>En conversation</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Indisponible</translation>
    </message>
    <message>
        <source>Not ready: %1</source>
        <translation>Indisponible&#xa0;: %1</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <source>Record of the last call</source>
        <translation>Fiche du dernier appel</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Fiches d’appel</translation>
    </message>
    <message>
        <source>Today: ready</source>
        <translation>Aujourd’hui&#xa0;: disponible</translation>
    </message>
    <message>
        <source>Wrap up this call</source>
        <translation>Remplir la fiche de cet appel</translation>
    </message>
</context>
<context>
    <name>AgentState</name>
    <message>
        <source>Asleep</source>
        <translation>En veille</translation>
    </message>
    <message>
        <source>CTI off</source>
        <translation>CTI désactivée</translation>
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
    <message>
        <source>Wrap-up</source>
        <translation>Fiche d’appel</translation>
    </message>
    <message>
        <source>then: {state}</source>
        <translation>puis&#xa0;: {state}</translation>
    </message>
    <message>
        <source>{state}: {reason}</source>
        <translation>{state}&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>{time} · over</source>
        <translation>{time} · dépassé</translation>
    </message>
</context>
<context>
    <name>AgentStateButton</name>
    <message>
        <source>Become not ready</source>
        <translation>Passer indisponible</translation>
    </message>
    <message>
        <source>Become ready</source>
        <translation>Passer disponible</translation>
    </message>
    <message>
        <source>CTI is off. Switch it on first.</source>
        <translation>La CTI est désactivée. Activez-la d’abord.</translation>
    </message>
    <message>
        <source>Choose your state</source>
        <translation>Choisir votre état</translation>
    </message>
    <message>
        <source>First finish the record of the call</source>
        <translation>Terminez d’abord la fiche d’appel</translation>
    </message>
    <message>
        <source>Your state: %1</source>
        <translation>Votre état&#xa0;: %1</translation>
    </message>
    <message>
        <source>its time was over at %1</source>
        <translation>temps dépassé depuis %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>jusqu’à %1</translation>
    </message>
</context>
<context>
    <name>Agreement</name>
    <message>
        <source>Changed at the telephone system</source>
        <translation>Modifié dans le système téléphonique</translation>
    </message>
    <message>
        <source>Not confirmed by the telephone system</source>
        <translation>Non confirmé par le système téléphonique</translation>
    </message>
    <message>
        <source>Phone only: the queue does not know</source>
        <translation>Ce poste seulement&#xa0;: la file d’attente ne le sait pas</translation>
    </message>
    <message>
        <source>Told to the telephone system, which confirms nothing</source>
        <translation>Transmis au système téléphonique, qui ne confirme rien</translation>
    </message>
    <message>
        <source>Waiting for the telephone system to confirm</source>
        <translation>En attente de confirmation du système téléphonique</translation>
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
    <name>AvailabilityPage</name>
    <message>
        <source>Not saved yet: put right what has a red sign.</source>
        <translation>Pas encore enregistré&#xa0;: corrigez ce qui porte un signe rouge.</translation>
    </message>
    <message>
        <source>Not saved yet: “{code}” is the reason that is set when nobody is there. Choose another one first.</source>
        <translation>Pas encore enregistré&#xa0;: «&#xa0;{code}&#xa0;» est le motif posé quand personne n’est là. Choisissez-en d’abord un autre.</translation>
    </message>
    <message>
        <source>Outcomes of a call</source>
        <translation>Résultats d’un appel</translation>
    </message>
    <message>
        <source>Ready and wrap-up</source>
        <translation>Disponibilité et fiches</translation>
    </message>
    <message>
        <source>Reasons for being not ready</source>
        <translation>Motifs d’indisponibilité</translation>
    </message>
    <message>
        <source>The agent must say more</source>
        <translation>L’agent doit préciser</translation>
    </message>
    <message>
        <source>The subject may not stay empty</source>
        <translation>L’objet ne peut pas rester vide</translation>
    </message>
</context>
<context>
    <name>BarRow</name>
    <message>
        <source>Calls so far</source>
        <translation>Historique des appels</translation>
    </message>
    <message>
        <source>Calls so far, %1 missed</source>
        <translation>Historique des appels, %1 en absence</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>BarRows</name>
    <message>
        <source>The record of this call opens when it is over.</source>
        <translation>La fiche de cet appel s’ouvrira à la fin de la conversation.</translation>
    </message>
</context>
<context>
    <name>Call</name>
    <message>
        <source>In a conference</source>
        <translation>En conférence</translation>
    </message>
    <message>
        <source>Microphone muted</source>
        <translation>Micro coupé</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Appel en absence</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Numéro masqué</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Put on hold by the other side</source>
        <translation>Mis en attente par l’autre partie</translation>
    </message>
    <message>
        <source>Reconnected</source>
        <translation>Reconnecté</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>Reconnexion…</translation>
    </message>
</context>
<context>
    <name>CallButtons</name>
    <message>
        <source>Answer</source>
        <translation>Décrocher</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Clavier</translation>
    </message>
    <message>
        <source>Mute microphone</source>
        <translation>Couper le micro</translation>
    </message>
    <message>
        <source>Note on this call</source>
        <translation>Note sur cet appel</translation>
    </message>
    <message>
        <source>Put on hold</source>
        <translation>Mettre en attente</translation>
    </message>
    <message>
        <source>Send the call on</source>
        <translation>Renvoyer l’appel</translation>
    </message>
    <message>
        <source>Switch microphone on</source>
        <translation>Rétablir le micro</translation>
    </message>
    <message>
        <source>Take back from hold</source>
        <translation>Reprendre</translation>
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
        <source>Handed over</source>
        <translation>Transféré</translation>
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
        <source>Sent on before it was answered</source>
        <translation>Renvoyé sans décrocher</translation>
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
    <name>CallPopup</name>
    <message>
        <source>Call from %1</source>
        <translation>Appel de %1</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Appel entrant</translation>
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
    <name>CallZone</name>
    <message>
        <source>%1 more calls</source>
        <translation>%1 autres appels</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>Chiffré</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>Aucun appel</translation>
    </message>
    <message>
        <source>One more call</source>
        <translation>Un autre appel</translation>
    </message>
    <message>
        <source>Show or hide the other calls</source>
        <translation>Afficher ou masquer les autres appels</translation>
    </message>
</context>
<context>
    <name>Caller</name>
    <message>
        <source>1 open deal</source>
        <translation>1 affaire en cours</translation>
    </message>
    <message>
        <source>In the CRM</source>
        <translation>Dans le CRM</translation>
    </message>
    <message>
        <source>In the CRM, looked after by {owner}</source>
        <translation>Dans le CRM, suivi par {owner}</translation>
    </message>
    <message>
        <source>Looking in the CRM…</source>
        <translation>Recherche dans le CRM…</translation>
    </message>
    <message>
        <source>No open deals</source>
        <translation>Aucune affaire en cours</translation>
    </message>
    <message>
        <source>Not in the CRM</source>
        <translation>Absent du CRM</translation>
    </message>
    <message>
        <source>Perhaps this one in the CRM</source>
        <translation>Peut-être celui-ci dans le CRM</translation>
    </message>
    <message>
        <source>The CRM asked to wait</source>
        <translation>Le CRM a demandé d’attendre</translation>
    </message>
    <message>
        <source>The CRM cannot be reached</source>
        <translation>Le CRM est injoignable</translation>
    </message>
    <message>
        <source>The CRM could not say who this is</source>
        <translation>Le CRM n’a pas pu dire qui c’est</translation>
    </message>
    <message>
        <source>The CRM did not answer in time</source>
        <translation>Le CRM n’a pas répondu à temps</translation>
    </message>
    <message>
        <source>The contact is being created…</source>
        <translation>Création du contact…</translation>
    </message>
    <message>
        <source>The contact was not created. Try again.</source>
        <translation>Le contact n’a pas été créé. Réessayez.</translation>
    </message>
    <message>
        <source>You may not create contacts in the CRM.</source>
        <translation>Vous n’avez pas le droit de créer des contacts dans le CRM.</translation>
    </message>
    <message>
        <source>You may not look this up in the CRM</source>
        <translation>Vous n’avez pas le droit de chercher cela dans le CRM</translation>
    </message>
    <message>
        <source>{count} in the CRM: choose if you know</source>
        <translation>{count} dans le CRM&#xa0;: choisissez si vous savez</translation>
    </message>
    <message>
        <source>{count} open deals</source>
        <translation>{count} affaires en cours</translation>
    </message>
    <message>
        <source>{deals}, {sums}</source>
        <translation>{deals}, {sums}</translation>
    </message>
    <message>
        <source>{when}, {who}: {text}</source>
        <translation>{when}, {who}&#xa0;: {text}</translation>
    </message>
    <message>
        <source>{when}: {text}</source>
        <translation>{when}&#xa0;: {text}</translation>
    </message>
</context>
<context>
    <name>CallerPanel</name>
    <message>
        <source>Create contact…</source>
        <translation>Créer le contact…</translation>
    </message>
    <message>
        <source>It is being created.</source>
        <translation>Il est en cours de création.</translation>
    </message>
    <message>
        <source>It is this contact</source>
        <translation>C’est ce contact</translation>
    </message>
    <message>
        <source>Open in the CRM</source>
        <translation>Ouvrir dans le CRM</translation>
    </message>
    <message>
        <source>Show all…</source>
        <translation>Tout afficher…</translation>
    </message>
</context>
<context>
    <name>CallerRow</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Create contact</source>
        <translation>Créer le contact</translation>
    </message>
    <message>
        <source>Create contact with %1</source>
        <translation>Créer le contact avec le %1</translation>
    </message>
    <message>
        <source>It is being created.</source>
        <translation>Il est en cours de création.</translation>
    </message>
    <message>
        <source>It is this contact</source>
        <translation>C’est ce contact</translation>
    </message>
    <message>
        <source>Name of the new contact</source>
        <translation>Nom du nouveau contact</translation>
    </message>
    <message>
        <source>Name of the new contact with the number %1</source>
        <translation>Nom du nouveau contact avec le numéro %1</translation>
    </message>
    <message>
        <source>Open in the CRM</source>
        <translation>Ouvrir dans le CRM</translation>
    </message>
</context>
<context>
    <name>CardFace</name>
    <message>
        <source>Answer</source>
        <translation>Décrocher</translation>
    </message>
    <message>
        <source>Called on %1</source>
        <translation>Appelé sur %1</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Appel entrant</translation>
    </message>
    <message>
        <source>It is this contact</source>
        <translation>C’est ce contact</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Appel en absence</translation>
    </message>
    <message>
        <source>Not in the contacts</source>
        <translation>Pas dans les contacts</translation>
    </message>
    <message>
        <source>Perhaps one of these? Choose if you know.</source>
        <translation>Peut-être l’un d’eux&#xa0;? Choisissez si vous savez.</translation>
    </message>
    <message>
        <source>Send to…</source>
        <translation>Renvoyer à…</translation>
    </message>
    <message>
        <source>The caller has hung up.</source>
        <translation>L’appelant a raccroché.</translation>
    </message>
</context>
<context>
    <name>CodecOrder</name>
    <message>
        <source>Earlier</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Descendre</translation>
    </message>
</context>
<context>
    <name>ColleaguesPage</name>
    <message>
        <source> s</source>
        <translation>&#xa0;s</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Add a colleague</source>
        <translation>Ajouter un collègue</translation>
    </message>
    <message>
        <source>Choose a colleague first.</source>
        <translation>Choisissez d’abord un collègue.</translation>
    </message>
    <message>
        <source>Colleagues</source>
        <translation>Collègues</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>Poste</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favori</translation>
    </message>
    <message>
        <source>For so long “Hand over” can be undone. 0: not at all.</source>
        <translation>Pendant ce délai, un transfert peut être annulé. 0&#xa0;: jamais.</translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>Transfert</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>No favourite</source>
        <translation>Non favori</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Their telephones are watched, so that you see who is free before you hand a call over.</source>
        <translation>La barre suit leurs téléphones&#xa0;: vous voyez qui est libre avant de transférer un appel.</translation>
    </message>
    <message>
        <source>This one is the first already.</source>
        <translation>C’est déjà le premier.</translation>
    </message>
    <message>
        <source>This one is the last already.</source>
        <translation>C’est déjà le dernier.</translation>
    </message>
    <message>
        <source>Time to undo</source>
        <translation>Délai d’annulation</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>favori</translation>
    </message>
</context>
<context>
    <name>Colour</name>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Brun</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>Sans couleur</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rose</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>Turquoise</source>
        <translation>Turquoise</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violet</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Jaune</translation>
    </message>
</context>
<context>
    <name>ColumnMapping</name>
    <message>
        <source>Column for: {field}</source>
        <translation>Colonne pour&#xa0;: {field}</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>Premières lignes du fichier</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucune</translation>
    </message>
</context>
<context>
    <name>ConferenceParty</name>
    <message>
        <source>Hang up: %1</source>
        <translation>Raccrocher&#xa0;: %1</translation>
    </message>
    <message>
        <source>Let %1 be heard again</source>
        <translation>Rendre la parole à %1</translation>
    </message>
    <message>
        <source>Nobody hears %1</source>
        <translation>Que personne n’entende %1</translation>
    </message>
</context>
<context>
    <name>ConnectorForm</name>
    <message>
        <source>A manifest (.toml).</source>
        <translation>Un manifeste (.toml).</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Choose the file of a connector</source>
        <translation>Choisir le fichier d’un connecteur</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Connectors (*.toml)</source>
        <translation>Connecteurs (*.toml)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keyring where there is one, else until you quit.</source>
        <translation>Gardé dans le coffre de cet ordinateur s’il en a un, sinon jusqu’à ce que vous quittiez.</translation>
    </message>
    <message>
        <source>Key or password</source>
        <translation>Clé ou mot de passe</translation>
    </message>
    <message>
        <source>May stay empty.</source>
        <translation>Peut rester vide.</translation>
    </message>
    <message>
        <source>No CRM</source>
        <translation>Aucun CRM</translation>
    </message>
    <message>
        <source>Own connector (file)…</source>
        <translation>Connecteur personnel (fichier)…</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>Set by your administrator.</source>
        <translation>Fixé par votre administrateur.</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangé</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Was run against recorded answers only, not yet against the product: try it on one desk first.</source>
        <translation>Essayé seulement avec des réponses enregistrées, pas encore avec le produit&#xa0;: faites d’abord l’essai sur un poste.</translation>
    </message>
    <message>
        <source>Was run against the real product.</source>
        <translation>Essayé avec le vrai produit.</translation>
    </message>
    <message>
        <source>You sign in in your browser.</source>
        <translation>Vous vous connectez dans votre navigateur.</translation>
    </message>
    <message>
        <source>You sign in in your browser; this is the secret of the registered application.</source>
        <translation>Vous vous connectez dans votre navigateur&#xa0;; ceci est le secret de l’application enregistrée.</translation>
    </message>
</context>
<context>
    <name>ContactField</name>
    <message>
        <source>Company</source>
        <translation>Société</translation>
    </message>
    <message>
        <source>Customer number</source>
        <translation>Numéro client</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Prénom</translation>
    </message>
    <message>
        <source>Importance</source>
        <translation>Importance</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobile</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>Autre numéro</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Responsable</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Whole name</source>
        <translation>Nom complet</translation>
    </message>
</context>
<context>
    <name>Crm</name>
    <message>
        <source>A change of what the CRM knows already waits to be sent.</source>
        <translation>Une modification de ce que le CRM sait déjà attend d’être envoyée.</translation>
    </message>
    <message>
        <source>Being sent…</source>
        <translation>Envoi en cours…</translation>
    </message>
    <message>
        <source>In the browser…</source>
        <translation>Dans le navigateur…</translation>
    </message>
    <message>
        <source>It belongs to another sign-in at the CRM, and waits for that.</source>
        <translation>Il appartient à une autre connexion au CRM, et l’attend.</translation>
    </message>
    <message>
        <source>It goes out once you are signed in at the CRM.</source>
        <translation>Il partira dès que vous serez connecté au CRM.</translation>
    </message>
    <message>
        <source>It goes out when the record of the call is finished.</source>
        <translation>Il partira quand la fiche de l’appel sera terminée.</translation>
    </message>
    <message>
        <source>It may be at the CRM already, and this CRM cannot be asked. Look there: discard it here if it is, else send it again.</source>
        <translation>Il est peut-être déjà au CRM, et ce CRM ne peut pas être interrogé. Regardez-y&#xa0;: s’il y est, abandonnez-le ici, sinon renvoyez-le.</translation>
    </message>
    <message>
        <source>It waits to be sent.</source>
        <translation>Il attend d’être envoyé.</translation>
    </message>
    <message>
        <source>Not set up</source>
        <translation>Non configuré</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Non connecté</translation>
    </message>
    <message>
        <source>Not signed in. The toolbar says why; you can close this page.</source>
        <translation>Vous n’êtes pas connecté. La barre dit pourquoi&#xa0;; vous pouvez fermer cette page.</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Signed in. You can close this page and go back to the toolbar.</source>
        <translation>Vous êtes connecté. Vous pouvez fermer cette page et revenir à la barre.</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Déconnecté</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>The CRM answered nothing usable. It is asked, then tried again.</source>
        <translation>La réponse du CRM est inutilisable. Il sera interrogé, puis un nouvel essai suivra.</translation>
    </message>
    <message>
        <source>The CRM asked to wait. It is tried again.</source>
        <translation>Le CRM a demandé d’attendre. Un nouvel essai suivra.</translation>
    </message>
    <message>
        <source>The CRM could not be reached. It is tried again.</source>
        <translation>Le CRM n’a pas pu être joint. Un nouvel essai suivra.</translation>
    </message>
    <message>
        <source>The CRM did not answer in time. It is asked, then tried again.</source>
        <translation>Le CRM n’a pas répondu à temps. Il sera interrogé, puis un nouvel essai suivra.</translation>
    </message>
    <message>
        <source>The CRM did not take the key. It goes out after signing in again.</source>
        <translation>Le CRM n’a pas accepté la clé. Il partira après une nouvelle connexion.</translation>
    </message>
    <message>
        <source>The CRM refuses this: {text}</source>
        <translation>Le CRM refuse&#xa0;: {text}</translation>
    </message>
    <message>
        <source>The CRM writes calls to a contact, and none there has this number for certain. Create it, then try again.</source>
        <translation>Le CRM range les appels chez un contact, et aucun n’y a ce numéro à coup sûr. Créez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>The connector of this CRM cannot write this.</source>
        <translation>Le connecteur de ce CRM ne sait pas inscrire cela.</translation>
    </message>
    <message>
        <source>This did not work ({code}). Send it again, or tell your support this word.</source>
        <translation>Cela n’a pas fonctionné ({code}). Renvoyez-le, ou indiquez ce mot à votre assistance.</translation>
    </message>
    <message>
        <source>This page is not part of a sign-in of the toolbar.</source>
        <translation>Cette page ne fait pas partie d’une connexion de la barre.</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Numéro masqué</translation>
    </message>
    <message>
        <source>You may not write this at the CRM.</source>
        <translation>Vous n’avez pas le droit d’inscrire cela au CRM.</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>décroché</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>refusé</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>manqué</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>non joint</translation>
    </message>
    <message>
        <source>transferred</source>
        <translation>transféré</translation>
    </message>
    <message>
        <source>{count} stuck</source>
        <translation>{count} à voir</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} en attente</translation>
    </message>
</context>
<context>
    <name>CrmKeyPrompt</name>
    <message>
        <source>API key for {url}</source>
        <translation>Clé d’API pour {url}</translation>
    </message>
    <message>
        <source>API key or password of {user} at {url}</source>
        <translation>Clé d’API ou mot de passe de {user} pour {url}</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keyring where there is one, else until you quit.</source>
        <translation>Elle est gardée dans le coffre de cet ordinateur s’il en a un, sinon jusqu’à ce que vous quittiez.</translation>
    </message>
    <message>
        <source>Key of the CRM</source>
        <translation>Clé du CRM</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Type the key first.</source>
        <translation>Saisissez d’abord la clé.</translation>
    </message>
</context>
<context>
    <name>CrmPage</name>
    <message>
        <source>CRM</source>
        <translation>CRM</translation>
    </message>
    <message>
        <source>One entry when a call ends: who, when, how long, how it ended, and what you noted.</source>
        <translation>Une ligne à la fin de l’appel&#xa0;: qui, quand, combien de temps, comment il s’est terminé, et votre note.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Save and sign in</source>
        <translation>Enregistrer et se connecter</translation>
    </message>
    <message>
        <source>Saved: no CRM.</source>
        <translation>Enregistré&#xa0;: aucun CRM.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Sign in in your browser. If none opened, open this address: {url}</source>
        <translation>Connectez-vous dans votre navigateur. Si aucun ne s’est ouvert, ouvrez cette adresse&#xa0;: {url}</translation>
    </message>
    <message>
        <source>Sign in when the toolbar starts</source>
        <translation>Se connecter au démarrage de la barre</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Signed in ({product})</source>
        <translation>Connecté ({product})</translation>
    </message>
    <message>
        <source>Signed in as {user} ({product})</source>
        <translation>Connecté en tant que {user} ({product})</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Where your CRM is</source>
        <translation>Où est votre CRM</translation>
    </message>
    <message>
        <source>While you work</source>
        <translation>Pendant le travail</translation>
    </message>
    <message>
        <source>Write every call to the CRM</source>
        <translation>Consigner chaque appel dans le CRM</translation>
    </message>
</context>
<context>
    <name>CrmTrial</name>
    <message>
        <source>All that was tried works. Nothing was changed in the CRM.</source>
        <translation>Tout ce qui a été essayé fonctionne. Rien n’a été modifié dans le CRM.</translation>
    </message>
    <message>
        <source>Being tried…</source>
        <translation>Essai en cours…</translation>
    </message>
    <message>
        <source>It works, but too slowly. Nothing was changed in the CRM.</source>
        <translation>Cela fonctionne, mais trop lentement. Rien n’a été modifié dans le CRM.</translation>
    </message>
    <message>
        <source>Last contacts</source>
        <translation>Derniers contacts</translation>
    </message>
    <message>
        <source>Not tried.</source>
        <translation>Pas essayé.</translation>
    </message>
    <message>
        <source>Not tried: it needs the number of somebody who is in your CRM.</source>
        <translation>Pas essayé&#xa0;: il faut le numéro de quelqu’un qui est dans votre CRM.</translation>
    </message>
    <message>
        <source>Not tried: it would change the CRM.</source>
        <translation>Pas essayé&#xa0;: cela modifierait le CRM.</translation>
    </message>
    <message>
        <source>Open deals</source>
        <translation>Affaires en cours</translation>
    </message>
    <message>
        <source>Outcomes of calls</source>
        <translation>Résultats d’appel</translation>
    </message>
    <message>
        <source>Searching by name</source>
        <translation>Recherche par nom</translation>
    </message>
    <message>
        <source>The connection does not work. {why}</source>
        <translation>La connexion ne fonctionne pas. {why}</translation>
    </message>
    <message>
        <source>The connector of this CRM does not do this.</source>
        <translation>Le connecteur de ce CRM ne le propose pas.</translation>
    </message>
    <message>
        <source>What was tried works. Nothing was changed in the CRM. Type the number of somebody who is there to try the rest.</source>
        <translation>Ce qui a été essayé fonctionne. Rien n’a été modifié dans le CRM. Pour essayer le reste, saisissez le numéro de quelqu’un qui s’y trouve.</translation>
    </message>
    <message>
        <source>Whether a call is written there already</source>
        <translation>Si un appel y est déjà inscrit</translation>
    </message>
    <message>
        <source>Who looks after somebody</source>
        <translation>Responsable d’un contact</translation>
    </message>
    <message>
        <source>Whose number it is</source>
        <translation>À qui est un numéro</translation>
    </message>
    <message>
        <source>Works, but took {seconds} s. The card of a caller waits {limit} s at most, so names will often be missing.</source>
        <translation>Fonctionne, mais en {seconds}&#xa0;s. La fiche d’un appelant attend {limit}&#xa0;s au plus&#xa0;: les noms manqueront souvent.</translation>
    </message>
    <message>
        <source>Works.</source>
        <translation>Fonctionne.</translation>
    </message>
    <message>
        <source>Works. Nobody in the CRM has this number: look how it is written there.</source>
        <translation>Fonctionne. Personne n’a ce numéro dans le CRM&#xa0;: vérifiez comment il y est écrit.</translation>
    </message>
    <message>
        <source>Works. There is nothing to show.</source>
        <translation>Fonctionne. Il n’y a rien à montrer.</translation>
    </message>
    <message>
        <source>Works. Without a number, nobody was looked for.</source>
        <translation>Fonctionne. Sans numéro, personne n’a été cherché.</translation>
    </message>
    <message>
        <source>Works: {count} found.</source>
        <translation>Fonctionne&#xa0;: {count} trouvés.</translation>
    </message>
    <message>
        <source>Works: {found}</source>
        <translation>Fonctionne&#xa0;: {found}</translation>
    </message>
    <message>
        <source>Your sign-in</source>
        <translation>Votre connexion</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>pas encore essayé</translation>
    </message>
    <message>
        <source>{failed} of {tried} do not work; their lines say why. Nothing was changed in the CRM.</source>
        <translation>Sur {tried} essais, {failed} ont échoué&#xa0;; leur ligne dit pourquoi. Rien n’a été modifié dans le CRM.</translation>
    </message>
</context>
<context>
    <name>CrmTrialSection</name>
    <message>
        <source>Being tried: {done} of {all} done…</source>
        <translation>Essai en cours&#xa0;: {done} sur {all}…</translation>
    </message>
    <message>
        <source>It only reads: nothing is written to your CRM, and nothing is saved.</source>
        <translation>Le test ne fait que lire&#xa0;: rien n’est écrit dans votre CRM, et rien n’est enregistré.</translation>
    </message>
    <message>
        <source>Number to look up</source>
        <translation>Numéro à chercher</translation>
    </message>
    <message>
        <source>Of somebody who is in your CRM, so that all can be tried. May stay empty.</source>
        <translation>Celui de quelqu’un qui est dans votre CRM, pour que tout puisse être essayé. Peut rester vide.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Arrêté.</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Tester la connexion</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>Ce qui a été essayé</translation>
    </message>
</context>
<context>
    <name>CrmZone</name>
    <message>
        <source>CRM</source>
        <translation>CRM</translation>
    </message>
    <message>
        <source>CRM: signed in or out</source>
        <translation>CRM&#xa0;: connecté ou non</translation>
    </message>
    <message>
        <source>Calls that wait for the CRM</source>
        <translation>Appels en attente pour le CRM</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>Rien n’attend.</translation>
    </message>
    <message>
        <source>Sign in at the CRM</source>
        <translation>Se connecter au CRM</translation>
    </message>
    <message>
        <source>Sign out of the CRM</source>
        <translation>Se déconnecter du CRM</translation>
    </message>
    <message>
        <source>Signed in as %1 (%2)</source>
        <translation>Connecté en tant que %1 (%2)</translation>
    </message>
</context>
<context>
    <name>CtiZone</name>
    <message>
        <source>CTI</source>
        <translation>CTI</translation>
    </message>
    <message>
        <source>CTI: telephone on or off</source>
        <translation>CTI&#xa0;: téléphone activé ou désactivé</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Entraînement</translation>
    </message>
    <message>
        <source>Switch CTI off</source>
        <translation>Désactiver la CTI</translation>
    </message>
    <message>
        <source>Switch CTI on</source>
        <translation>Activer la CTI</translation>
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
    <name>DialField</name>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>Call %1</source>
        <translation>Appeler %1</translation>
    </message>
    <message>
        <source>Dial: name or number</source>
        <translation>Appeler&#xa0;: nom ou numéro</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Name or number</source>
        <translation>Nom ou numéro</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Type a name or a number first.</source>
        <translation>Saisissez d’abord un nom ou un numéro.</translation>
    </message>
    <message>
        <source>Type a name or a number, Enter calls</source>
        <translation>Saisissez un nom ou un numéro, Entrée appelle</translation>
    </message>
    <message>
        <source>What would be called</source>
        <translation>Qui serait appelé</translation>
    </message>
</context>
<context>
    <name>DialRequest</name>
    <message>
        <source>A link wants this call.</source>
        <translation>Un lien demande cet appel.</translation>
    </message>
    <message>
        <source>Many calls were asked for within a minute.</source>
        <translation>Beaucoup d’appels ont été demandés en une minute.</translation>
    </message>
    <message>
        <source>Nobody has called this country from here before.</source>
        <translation>Ce pays n’a encore jamais été appelé d’ici.</translation>
    </message>
    <message>
        <source>The page {origin} wants this call.</source>
        <translation>La page {origin} demande cet appel.</translation>
    </message>
    <message>
        <source>This address is not at your telephone system.</source>
        <translation>Cette adresse n’est pas celle de votre système téléphonique.</translation>
    </message>
    <message>
        <source>This is a code that may change settings of your telephone, such as diversions.</source>
        <translation>C’est un code qui peut modifier les réglages de votre téléphone, comme les renvois.</translation>
    </message>
    <message>
        <source>This is an emergency number.</source>
        <translation>C’est un numéro d’urgence.</translation>
    </message>
    <message>
        <source>This number may cost extra.</source>
        <translation>Ce numéro peut être surtaxé.</translation>
    </message>
    <message>
        <source>You selected this text.</source>
        <translation>Vous avez sélectionné ce texte.</translation>
    </message>
</context>
<context>
    <name>DialRequestRow</name>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>Call %1?</source>
        <translation>Appeler %1&#xa0;?</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>Ne pas appeler</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
</context>
<context>
    <name>DialRisk</name>
    <message>
        <source>a code that changes settings of the telephone system</source>
        <translation>un code qui modifie les réglages du système téléphonique</translation>
    </message>
    <message>
        <source>a number that may cost extra</source>
        <translation>un numéro qui peut être surtaxé</translation>
    </message>
    <message>
        <source>an emergency number</source>
        <translation>un numéro d’urgence</translation>
    </message>
</context>
<context>
    <name>DirectoriesPage</name>
    <message>
        <source>Add and read</source>
        <translation>Ajouter et lire</translation>
    </message>
    <message>
        <source>Choose a directory first.</source>
        <translation>Choisissez d’abord un annuaire.</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Annuaires</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Nouveau…</translation>
    </message>
    <message>
        <source>Progress of reading</source>
        <translation>Avancement de la lecture</translation>
    </message>
    <message>
        <source>Read all</source>
        <translation>Tout lire</translation>
    </message>
    <message>
        <source>Read now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Save and read</source>
        <translation>Enregistrer et lire</translation>
    </message>
    <message>
        <source>The directory</source>
        <translation>L’annuaire</translation>
    </message>
    <message>
        <source>There are not several to read.</source>
        <translation>Il n’y en a pas plusieurs à lire.</translation>
    </message>
    <message>
        <source>They feed your contacts in the background. Nothing is changed there.</source>
        <translation>Ils alimentent vos contacts en arrière-plan. Rien n’y est modifié.</translation>
    </message>
</context>
<context>
    <name>Directory</name>
    <message>
        <source>Being read: {done} of {total}…</source>
        <translation>Lecture&#xa0;: {done} sur {total}…</translation>
    </message>
    <message>
        <source>Being read: {done}…</source>
        <translation>Lecture&#xa0;: {done}…</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Contacts: {contacts}</source>
        <translation>Contacts&#xa0;: {contacts}</translation>
    </message>
    <message>
        <source>Contacts: {contacts} ({added} new, {updated} changed, {removed} gone; {skipped} left out).</source>
        <translation>Contacts&#xa0;: {contacts} (nouveaux&#xa0;: {added}, modifiés&#xa0;: {updated}, disparus&#xa0;: {removed}&#xa0;; écartés&#xa0;: {skipped}).</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Pas encore lu</translation>
    </message>
    <message>
        <source>Read {day} at {time}.</source>
        <translation>Lu {day} à {time}.</translation>
    </message>
</context>
<context>
    <name>DirectoryForm</name>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>A filter in brackets, such as (objectClass=person).</source>
        <translation>Un filtre entre parenthèses, par exemple (objectClass=person).</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>An address such as ldaps://ldap.example.com, without a path.</source>
        <translation>Une adresse telle que ldaps://ldap.example.com, sans chemin.</translation>
    </message>
    <message>
        <source>CardDAV (address book)</source>
        <translation>CardDAV (carnet d’adresses)</translation>
    </message>
    <message>
        <source>Each directory needs a name of its own.</source>
        <translation>Chaque annuaire doit avoir un nom à lui.</translation>
    </message>
    <message>
        <source>Empty: nobody signs in.</source>
        <translation>Vide&#xa0;: personne ne se connecte.</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keyring where there is one, else until you quit.</source>
        <translation>Gardé dans le coffre de cet ordinateur s’il en a un, sinon jusqu’à ce que vous quittiez.</translation>
    </message>
    <message>
        <source>It must be said in which branch to search.</source>
        <translation>Indiquez dans quelle branche chercher.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>LDAP or Active Directory</source>
        <translation>LDAP ou Active Directory</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Read again after</source>
        <translation>Relire après</translation>
    </message>
    <message>
        <source>Search for</source>
        <translation>Chercher quoi</translation>
    </message>
    <message>
        <source>Search in</source>
        <translation>Chercher dans</translation>
    </message>
    <message>
        <source>The address of an address book, beginning with https://.</source>
        <translation>L’adresse d’un carnet d’adresses, qui commence par https://.</translation>
    </message>
    <message>
        <source>The branch in which people are.</source>
        <translation>La branche où sont les personnes.</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangé</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
</context>
<context>
    <name>DispositionChoice</name>
    <message>
        <source>Outcome of the call</source>
        <translation>Résultat de l’appel</translation>
    </message>
    <message>
        <source>Outcome: %1</source>
        <translation>Résultat&#xa0;: %1</translation>
    </message>
    <message>
        <source>Outcome…</source>
        <translation>Résultat…</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Answer, or wait until it is over.</source>
        <translation>Répondez, ou attendez que cela cesse.</translation>
    </message>
    <message>
        <source>Ask who looks after this computer whether it is to be trusted.</source>
        <translation>Demandez à qui s’occupe de cet ordinateur s’il faut lui faire confiance.</translation>
    </message>
    <message>
        <source>Ask who looks after this computer.</source>
        <translation>Adressez-vous à la personne qui s’occupe de cet ordinateur.</translation>
    </message>
    <message>
        <source>Ask who runs it what that means.</source>
        <translation>Demandez à son responsable ce que cela veut dire.</translation>
    </message>
    <message>
        <source>Ask who runs the telephone system for an IPv4 address.</source>
        <translation>Demandez à qui gère le système téléphonique une adresse IPv4.</translation>
    </message>
    <message>
        <source>Ask who runs the telephone system to renew it.</source>
        <translation>Demandez à qui gère le système téléphonique de le renouveler.</translation>
    </message>
    <message>
        <source>Ask who runs the telephone system.</source>
        <translation>Adressez-vous au responsable du système téléphonique.</translation>
    </message>
    <message>
        <source>Ask who set up this toolbar how the queue can be told.</source>
        <translation>Demandez à la personne qui a installé cette barre comment la file d’attente peut être informée.</translation>
    </message>
    <message>
        <source>Ask who set up this toolbar whether the test number is right.</source>
        <translation>Demandez à qui a installé cette barre si le numéro d’essai est le bon.</translation>
    </message>
    <message>
        <source>CTI is off, so no calls come in.</source>
        <translation>La CTI est désactivée&#xa0;: aucun appel n’arrive.</translation>
    </message>
    <message>
        <source>CTI is on.</source>
        <translation>La CTI est activée.</translation>
    </message>
    <message>
        <source>Calls come again when it is over.</source>
        <translation>Les appels reviendront une fois l’appel terminé.</translation>
    </message>
    <message>
        <source>Calls that cannot be written to the CRM without you: {count}.</source>
        <translation>Appels qui ne peuvent être inscrits au CRM sans vous&#xa0;: {count}.</translation>
    </message>
    <message>
        <source>Calls that wait to be written to the CRM: {count}.</source>
        <translation>Appels qui attendent d’être inscrits au CRM&#xa0;: {count}.</translation>
    </message>
    <message>
        <source>Check again.</source>
        <translation>Vérifiez de nouveau.</translation>
    </message>
    <message>
        <source>Check again; if it stays so, ask who runs the telephone system to call where you are seen (NAT).</source>
        <translation>Vérifiez de nouveau&#xa0;; si cela reste ainsi, demandez à qui gère le système téléphonique d’appeler là où il vous voit (NAT).</translation>
    </message>
    <message>
        <source>Check date and time of this computer, then ask who runs the telephone system.</source>
        <translation>Vérifiez la date et l’heure de cet ordinateur, puis demandez à qui gère le système téléphonique.</translation>
    </message>
    <message>
        <source>Check port and transport, or ask who runs the telephone system.</source>
        <translation>Vérifiez le port et le transport, ou adressez-vous au responsable du système téléphonique.</translation>
    </message>
    <message>
        <source>Check server and port; perhaps a VPN has to be on.</source>
        <translation>Vérifiez le serveur et le port&#xa0;; il faut peut-être un VPN.</translation>
    </message>
    <message>
        <source>Check the cable, the Wi-Fi or the VPN.</source>
        <translation>Vérifiez le câble, le Wi-Fi ou le VPN.</translation>
    </message>
    <message>
        <source>Check the extension, then ask who runs the telephone system.</source>
        <translation>Vérifiez le poste, puis adressez-vous au responsable du système téléphonique.</translation>
    </message>
    <message>
        <source>Check the extension.</source>
        <translation>Vérifiez le poste.</translation>
    </message>
    <message>
        <source>Check the network and the VPN.</source>
        <translation>Vérifiez le réseau et le VPN.</translation>
    </message>
    <message>
        <source>Check the server&apos;s name.</source>
        <translation>Vérifiez le nom du serveur.</translation>
    </message>
    <message>
        <source>Check the server’s name, then ask who runs the telephone system.</source>
        <translation>Vérifiez le nom du serveur, puis demandez à qui gère le système téléphonique.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Vérification en cours…</translation>
    </message>
    <message>
        <source>Choose a device for ringing.</source>
        <translation>Choisissez un périphérique pour la sonnerie.</translation>
    </message>
    <message>
        <source>Choose at least one.</source>
        <translation>Choisissez-en au moins un.</translation>
    </message>
    <message>
        <source>Choose others, or ask who runs the telephone system which it takes.</source>
        <translation>Choisissez-en d’autres, ou demandez à qui gère le système téléphonique lesquels il accepte.</translation>
    </message>
    <message>
        <source>Chosen: {codecs}.</source>
        <translation>Choisis&#xa0;: {codecs}.</translation>
    </message>
    <message>
        <source>Close the program that holds it, or choose another device.</source>
        <translation>Fermez le programme qui l’occupe ou choisissez un autre périphérique.</translation>
    </message>
    <message>
        <source>Connected since {since}, but this could not be proved now.</source>
        <translation>Connecté depuis {since}, mais cela n’a pas pu être prouvé maintenant.</translation>
    </message>
    <message>
        <source>Do not disturb is set for you at the telephone system.</source>
        <translation>«&#xa0;Ne pas déranger&#xa0;» est activé pour vous dans le système téléphonique.</translation>
    </message>
    <message>
        <source>Enter it.</source>
        <translation>Saisissez-le.</translation>
    </message>
    <message>
        <source>Enter the new one.</source>
        <translation>Saisissez la nouvelle.</translation>
    </message>
    <message>
        <source>Enter the password again; mind capital letters.</source>
        <translation>Ressaisissez le mot de passe en respectant les majuscules.</translation>
    </message>
    <message>
        <source>Fill in server and extension.</source>
        <translation>Indiquez le serveur et le poste.</translation>
    </message>
    <message>
        <source>Fill in what is missing, then finish it.</source>
        <translation>Complétez-la, puis terminez-la.</translation>
    </message>
    <message>
        <source>Finish it.</source>
        <translation>Terminez-la.</translation>
    </message>
    <message>
        <source>Go ready when you want calls.</source>
        <translation>Redevenez disponible quand vous voulez des appels.</translation>
    </message>
    <message>
        <source>How loud the microphone is could not be measured.</source>
        <translation>Le niveau du microphone n’a pas pu être mesuré.</translation>
    </message>
    <message>
        <source>If you spoke, turn it up; else check again while you speak.</source>
        <translation>Si vous parliez, augmentez-le&#xa0;; sinon, vérifiez de nouveau en parlant.</translation>
    </message>
    <message>
        <source>It is off.</source>
        <translation>Désactivé.</translation>
    </message>
    <message>
        <source>Look at them: change, send again or discard each.</source>
        <translation>Regardez-les&#xa0;: modifiez, renvoyez ou abandonnez chacun.</translation>
    </message>
    <message>
        <source>Microphone: {microphone}. Speaker: {speaker}.</source>
        <translation>Micro&#xa0;: {microphone}. Haut-parleur&#xa0;: {speaker}.</translation>
    </message>
    <message>
        <source>No safe connection to {server} can be made.</source>
        <translation>Aucune connexion sûre à {server} n’est possible.</translation>
    </message>
    <message>
        <source>No sound format is chosen, so no call can be taken.</source>
        <translation>Aucun format audio n’est choisi&#xa0;: aucun appel ne peut être pris.</translation>
    </message>
    <message>
        <source>No wrap-up is open.</source>
        <translation>Aucune fiche d’appel n’est ouverte.</translation>
    </message>
    <message>
        <source>Nobody answers the question where {server} is.</source>
        <translation>Personne ne répond à la question où se trouve {server}.</translation>
    </message>
    <message>
        <source>Not checked, because something before it is wrong.</source>
        <translation>Non vérifié, parce qu’un point précédent ne va pas.</translation>
    </message>
    <message>
        <source>Not found this way, but the telephone system does answer your telephone.</source>
        <translation>Introuvable de cette façon, mais le système téléphonique répond bien à votre téléphone.</translation>
    </message>
    <message>
        <source>Not known while the telephone part is not running.</source>
        <translation>Inconnu tant que la partie téléphonie ne fonctionne pas.</translation>
    </message>
    <message>
        <source>Not measured, because there is no microphone.</source>
        <translation>Non mesuré, faute de microphone.</translation>
    </message>
    <message>
        <source>Not set up here.</source>
        <translation>Non configuré ici.</translation>
    </message>
    <message>
        <source>Nothing at all comes from the microphone {microphone}: callers may not hear you.</source>
        <translation>Rien du tout ne vient du microphone {microphone}&#xa0;: on ne vous entend peut-être pas.</translation>
    </message>
    <message>
        <source>Nothing here keeps calls away from you.</source>
        <translation>Rien ici n’empêche les appels d’arriver.</translation>
    </message>
    <message>
        <source>Nothing is waiting.</source>
        <translation>Rien n’est en attente.</translation>
    </message>
    <message>
        <source>Only this telephone knows whether you are ready; the queue is not told.</source>
        <translation>Seul ce téléphone sait si vous êtes disponible&#xa0;; la file d’attente n’en est pas informée.</translation>
    </message>
    <message>
        <source>Plug in a headset, or choose another device.</source>
        <translation>Branchez un casque ou choisissez un autre périphérique.</translation>
    </message>
    <message>
        <source>Plug it in, or choose another device.</source>
        <translation>Branchez-le ou choisissez un autre périphérique.</translation>
    </message>
    <message>
        <source>Press “Set mine again”, or ask your supervisor.</source>
        <translation>Appuyez sur «&#xa0;Rétablir le mien&#xa0;», ou demandez à votre superviseur.</translation>
    </message>
    <message>
        <source>Press “Set mine again”.</source>
        <translation>Appuyez sur «&#xa0;Rétablir le mien&#xa0;».</translation>
    </message>
    <message>
        <source>Ringing is turned down to zero: you see calls, but do not hear them.</source>
        <translation>La sonnerie est à zéro&#xa0;: vous voyez les appels sans les entendre.</translation>
    </message>
    <message>
        <source>Somebody else paused you at the telephone system ({reason}).</source>
        <translation>Quelqu’un d’autre vous a mis en pause dans le système téléphonique ({reason}).</translation>
    </message>
    <message>
        <source>Somebody else paused you at the telephone system.</source>
        <translation>Quelqu’un d’autre vous a mis en pause dans le système téléphonique.</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>Relancez-la.</translation>
    </message>
    <message>
        <source>Switch CTI on.</source>
        <translation>Activez la CTI.</translation>
    </message>
    <message>
        <source>Take it back there, by its code or at the other telephone.</source>
        <translation>Désactivez-le là-bas, par son code ou sur l’autre téléphone.</translation>
    </message>
    <message>
        <source>Take it back, or end it.</source>
        <translation>Reprenez-le, ou terminez-le.</translation>
    </message>
    <message>
        <source>Take the forwarding back there, by its code or at the other telephone.</source>
        <translation>Annulez le renvoi là-bas, par son code ou sur l’autre téléphone.</translation>
    </message>
    <message>
        <source>The CRM cannot be signed in to ({url}). It is tried again; the log waits.</source>
        <translation>La connexion au CRM n’aboutit pas ({url}). Un nouvel essai suivra&#xa0;; le journal attend.</translation>
    </message>
    <message>
        <source>The CRM does not take your key: it is wrong or has expired.</source>
        <translation>Le CRM n’accepte pas votre clé&#xa0;: elle est fausse ou a expiré.</translation>
    </message>
    <message>
        <source>The certificate is for another name than {server}.</source>
        <translation>Le certificat est établi pour un autre nom que {server}.</translation>
    </message>
    <message>
        <source>The certificate is valid.</source>
        <translation>Le certificat est valable.</translation>
    </message>
    <message>
        <source>The certificate of {server} comes from somebody whom this computer does not know.</source>
        <translation>Le certificat de {server} vient d’une autorité que cet ordinateur ne connaît pas.</translation>
    </message>
    <message>
        <source>The certificate of {server} could not be looked at ({detail}).</source>
        <translation>Le certificat de {server} n’a pas pu être examiné ({detail}).</translation>
    </message>
    <message>
        <source>The certificate of {server} has expired.</source>
        <translation>Le certificat de {server} a expiré.</translation>
    </message>
    <message>
        <source>The certificate of {server} is not trusted ({detail}).</source>
        <translation>Le certificat de {server} n’est pas digne de confiance ({detail}).</translation>
    </message>
    <message>
        <source>The certificate of {server} is not valid yet.</source>
        <translation>Le certificat de {server} n’est pas encore valable.</translation>
    </message>
    <message>
        <source>The certificate of {server} is signed by nobody but itself.</source>
        <translation>Le certificat de {server} n’est signé que par lui-même.</translation>
    </message>
    <message>
        <source>The certificate of {server} is valid for {days} more days only.</source>
        <translation>Le certificat de {server} n’est plus valable que {days} jours.</translation>
    </message>
    <message>
        <source>The connection is not encrypted, so there is no certificate.</source>
        <translation>La connexion n’est pas chiffrée&#xa0;: il n’y a pas de certificat.</translation>
    </message>
    <message>
        <source>The key for the CRM is missing, so nothing is written there.</source>
        <translation>La clé du CRM manque&#xa0;: rien n’y est inscrit.</translation>
    </message>
    <message>
        <source>The microphone is heard ({dbfs} dBFS); speaker and ringing are turned up.</source>
        <translation>On entend le microphone ({dbfs} dBFS)&#xa0;; haut-parleur et sonnerie sont réglés.</translation>
    </message>
    <message>
        <source>The microphone is turned down to zero: callers do not hear you.</source>
        <translation>Le volume du micro est à zéro&#xa0;: vos correspondants ne vous entendent pas.</translation>
    </message>
    <message>
        <source>The microphone {microphone} was hardly heard ({dbfs} dBFS).</source>
        <translation>On n’entend presque pas le microphone {microphone} ({dbfs} dBFS).</translation>
    </message>
    <message>
        <source>The queue does not confirm what you chose, so it may believe you are away.</source>
        <translation>La file d’attente ne confirme pas votre choix&#xa0;: elle vous croit peut-être absent.</translation>
    </message>
    <message>
        <source>The queue has just been told; its answer is awaited.</source>
        <translation>La file d’attente vient d’être informée&#xa0;; sa réponse est attendue.</translation>
    </message>
    <message>
        <source>The queue has not been asked.</source>
        <translation>La file d’attente n’a pas été interrogée.</translation>
    </message>
    <message>
        <source>The queue is not told; see “Do not disturb” below.</source>
        <translation>La file n’en sait rien&#xa0;; voyez «&#xa0;Ne pas déranger&#xa0;» plus bas.</translation>
    </message>
    <message>
        <source>The queue knows you.</source>
        <translation>La file d’attente vous connaît.</translation>
    </message>
    <message>
        <source>The queue was told, but this telephone system confirms nothing.</source>
        <translation>La file d’attente a été informée, mais ce système téléphonique ne confirme rien.</translation>
    </message>
    <message>
        <source>The speaker is turned down to zero: you hear nobody.</source>
        <translation>Le volume du haut-parleur est à zéro&#xa0;: vous n’entendez personne.</translation>
    </message>
    <message>
        <source>The telephone is just connecting to {server}.</source>
        <translation>Le téléphone est en train de se connecter à {server}.</translation>
    </message>
    <message>
        <source>The telephone is not set up yet.</source>
        <translation>Le téléphone n’est pas encore configuré.</translation>
    </message>
    <message>
        <source>The telephone part is just starting.</source>
        <translation>La partie téléphonie est en train de démarrer.</translation>
    </message>
    <message>
        <source>The telephone part is not running.</source>
        <translation>La partie téléphonie ne fonctionne pas.</translation>
    </message>
    <message>
        <source>The telephone part is running.</source>
        <translation>La partie téléphonie fonctionne.</translation>
    </message>
    <message>
        <source>The telephone part stops again and again.</source>
        <translation>La partie téléphonie s’arrête sans cesse.</translation>
    </message>
    <message>
        <source>The telephone system answers at port {port} ({transport}).</source>
        <translation>Le système téléphonique répond sur le port {port} ({transport}).</translation>
    </message>
    <message>
        <source>The telephone system cannot be reached ({server}).</source>
        <translation>Le système téléphonique n’est pas joignable ({server}).</translation>
    </message>
    <message>
        <source>The telephone system cannot be reached ({server}: {detail}).</source>
        <translation>Le système téléphonique n’est pas joignable ({server}&#xa0;: {detail}).</translation>
    </message>
    <message>
        <source>The telephone system does not admit extension {extension}.</source>
        <translation>Le système téléphonique n’admet pas le poste {extension}.</translation>
    </message>
    <message>
        <source>The telephone system does not answer ({server}, port {port}, {transport}).</source>
        <translation>Le système téléphonique ne répond pas ({server}, port {port}, {transport}).</translation>
    </message>
    <message>
        <source>The telephone system does not answer your telephone ({server}).</source>
        <translation>Le système téléphonique ne répond pas à votre téléphone ({server}).</translation>
    </message>
    <message>
        <source>The telephone system does not know extension {extension}.</source>
        <translation>Le système téléphonique ne connaît pas le poste {extension}.</translation>
    </message>
    <message>
        <source>The telephone system does not tell where it sees you.</source>
        <translation>Le système téléphonique ne dit pas où il vous voit.</translation>
    </message>
    <message>
        <source>The telephone system does not tell whether this is set there.</source>
        <translation>Le système téléphonique ne dit pas si cela y est activé.</translation>
    </message>
    <message>
        <source>The telephone system forwards your calls elsewhere.</source>
        <translation>Le système téléphonique renvoie vos appels ailleurs.</translation>
    </message>
    <message>
        <source>The telephone system has a fault of its own ({status}).</source>
        <translation>Le système téléphonique a une panne ({status}).</translation>
    </message>
    <message>
        <source>The telephone system has just confirmed extension {extension} ({took_ms} ms).</source>
        <translation>Le système téléphonique vient de confirmer le poste {extension} ({took_ms} ms).</translation>
    </message>
    <message>
        <source>The telephone system knows where to send calls ({contact}).</source>
        <translation>Le système téléphonique sait où envoyer les appels ({contact}).</translation>
    </message>
    <message>
        <source>The telephone system refuses the password of extension {extension}.</source>
        <translation>Le système téléphonique refuse le mot de passe du poste {extension}.</translation>
    </message>
    <message>
        <source>The telephone system refuses to connect ({status} {reason}).</source>
        <translation>Le système téléphonique refuse la connexion ({status} {reason}).</translation>
    </message>
    <message>
        <source>The telephone system sees you at {seen}, but was told to call {contact}, which only your own network knows.</source>
        <translation>Le système téléphonique vous voit à l’adresse {seen}, mais devrait vous appeler à {contact}, que seul votre réseau connaît.</translation>
    </message>
    <message>
        <source>The telephone system takes none of the sound formats chosen here ({codecs}).</source>
        <translation>Le système téléphonique n’accepte aucun des formats de son choisis ici ({codecs}).</translation>
    </message>
    <message>
        <source>The telephone system was asked whether this is set there, but does not answer.</source>
        <translation>On a demandé au système téléphonique si c’est activé chez lui, mais il ne répond pas.</translation>
    </message>
    <message>
        <source>The telephone&apos;s password is missing.</source>
        <translation>Le mot de passe du téléphone manque.</translation>
    </message>
    <message>
        <source>The test call that would show it did not come about ({status}).</source>
        <translation>L’appel d’essai qui le montrerait n’a pas abouti ({status}).</translation>
    </message>
    <message>
        <source>The test call that would show it got no answer.</source>
        <translation>L’appel d’essai qui le montrerait est resté sans réponse.</translation>
    </message>
    <message>
        <source>The wrap-up of {name} is still open and lacks something, and no calls come meanwhile.</source>
        <translation>La fiche de {name} est encore ouverte et incomplète&#xa0;; aucun appel n’arrive entre-temps.</translation>
    </message>
    <message>
        <source>The wrap-up of {name} is still open, and no calls come meanwhile.</source>
        <translation>La fiche de {name} est encore ouverte&#xa0;; aucun appel n’arrive entre-temps.</translation>
    </message>
    <message>
        <source>There is no computer named {server}.</source>
        <translation>Aucun ordinateur ne s’appelle {server}.</translation>
    </message>
    <message>
        <source>There is no device to ring on: you see calls, but do not hear them.</source>
        <translation>Aucun périphérique ne peut sonner&#xa0;: vous voyez les appels sans les entendre.</translation>
    </message>
    <message>
        <source>There is no microphone: callers would not hear you.</source>
        <translation>Il n’y a pas de micro&#xa0;: vos correspondants ne vous entendraient pas.</translation>
    </message>
    <message>
        <source>There is no speaker: you would hear nothing.</source>
        <translation>Il n’y a pas de haut-parleur&#xa0;: vous n’entendriez rien.</translation>
    </message>
    <message>
        <source>This computer has a network ({address}).</source>
        <translation>Cet ordinateur est relié au réseau ({address}).</translation>
    </message>
    <message>
        <source>This computer has no sound system: calls come in, but nothing is heard.</source>
        <translation>Cet ordinateur n’a pas de système audio&#xa0;: les appels arrivent, mais on n’entend rien.</translation>
    </message>
    <message>
        <source>This computer has no way to the telephone system ({server}).</source>
        <translation>Cet ordinateur n’a aucun accès au système téléphonique ({server}).</translation>
    </message>
    <message>
        <source>This could not be found out in time.</source>
        <translation>Cela n’a pas pu être vérifié à temps.</translation>
    </message>
    <message>
        <source>This is not as it should be ({code}).</source>
        <translation>Quelque chose ne va pas ici ({code}).</translation>
    </message>
    <message>
        <source>Try again later, or ask who runs it.</source>
        <translation>Réessayez plus tard ou adressez-vous à son responsable.</translation>
    </message>
    <message>
        <source>Try again, or start the computer anew.</source>
        <translation>Réessayez ou redémarrez l’ordinateur.</translation>
    </message>
    <message>
        <source>Try again, then ask who runs it.</source>
        <translation>Réessayez, puis adressez-vous à son responsable.</translation>
    </message>
    <message>
        <source>Try now, or ask who runs the CRM.</source>
        <translation>Essayez maintenant, ou demandez à qui gère le CRM.</translation>
    </message>
    <message>
        <source>Turn it up.</source>
        <translation>Augmentez-le.</translation>
    </message>
    <message>
        <source>Unmute it at the headset and in the system’s sound settings, then check again while you speak.</source>
        <translation>Rétablissez-le sur le casque et dans les réglages de son du système, puis vérifiez de nouveau en parlant.</translation>
    </message>
    <message>
        <source>Unmute it in the bar.</source>
        <translation>Rétablissez-le dans la barre.</translation>
    </message>
    <message>
        <source>Wait a few seconds, then check again.</source>
        <translation>Patientez quelques secondes, puis vérifiez de nouveau.</translation>
    </message>
    <message>
        <source>You are calling {name}; a queue usually sends no call meanwhile.</source>
        <translation>Vous êtes en train d’appeler {name}&#xa0;; une file n’envoie en général pas d’appel pendant ce temps.</translation>
    </message>
    <message>
        <source>You are in a call with {name}; a queue usually sends no second one.</source>
        <translation>Vous êtes en appel avec {name}&#xa0;; une file n’envoie en général pas de deuxième appel.</translation>
    </message>
    <message>
        <source>You are in no call.</source>
        <translation>Vous n’êtes dans aucun appel.</translation>
    </message>
    <message>
        <source>You are just being signed in at the CRM.</source>
        <translation>La connexion au CRM est en cours.</translation>
    </message>
    <message>
        <source>You are not signed in at the queue.</source>
        <translation>Vous n’êtes pas connecté à la file d’attente.</translation>
    </message>
    <message>
        <source>You are paused for the time of the wrap-up.</source>
        <translation>Vous êtes en pause le temps de la fiche.</translation>
    </message>
    <message>
        <source>You are ready, and the queue knows it.</source>
        <translation>Vous êtes disponible, et la file d’attente le sait.</translation>
    </message>
    <message>
        <source>You are ready; whether the queue believes so is not known.</source>
        <translation>Vous êtes disponible&#xa0;; on ne sait pas si la file d’attente le croit.</translation>
    </message>
    <message>
        <source>You are signed in.</source>
        <translation>Vous êtes connecté.</translation>
    </message>
    <message>
        <source>You are signed out of the CRM; calls come in all the same, and their log waits.</source>
        <translation>Vous êtes déconnecté du CRM&#xa0;; les appels arrivent quand même, et leur journal attend.</translation>
    </message>
    <message>
        <source>You chose not to be ready ({reason}), so this telephone refuses every call.</source>
        <translation>Vous avez choisi d’être indisponible ({reason}), et ce téléphone refuse donc tous les appels.</translation>
    </message>
    <message>
        <source>You chose not to be ready ({reason}).</source>
        <translation>Vous avez choisi d’être indisponible ({reason}).</translation>
    </message>
    <message>
        <source>You chose not to be ready, so this telephone refuses every call.</source>
        <translation>Vous avez choisi d’être indisponible, et ce téléphone refuse donc tous les appels.</translation>
    </message>
    <message>
        <source>You chose not to be ready.</source>
        <translation>Vous avez choisi d’être indisponible.</translation>
    </message>
    <message>
        <source>Your call with {name} is still on hold; a queue usually sends no second one.</source>
        <translation>Votre appel avec {name} est toujours en attente&#xa0;; une file n’envoie en général pas de deuxième appel.</translation>
    </message>
    <message>
        <source>Your microphone is muted in the call with {name}.</source>
        <translation>Votre micro est coupé dans l’appel avec {name}.</translation>
    </message>
    <message>
        <source>{device} does not open.</source>
        <translation>{device} ne s’ouvre pas.</translation>
    </message>
    <message>
        <source>{device} is not plugged in. In its place: {instead}.</source>
        <translation>{device} n’est pas branché. À sa place&#xa0;: {instead}.</translation>
    </message>
    <message>
        <source>{name} is calling; a queue usually sends no second call meanwhile.</source>
        <translation>{name} appelle&#xa0;; une file n’envoie en général pas d’autre appel pendant ce temps.</translation>
    </message>
    <message>
        <source>{server} can be reached, but nothing listens at port {port} ({transport}).</source>
        <translation>{server} est joignable, mais rien n’écoute sur le port {port} ({transport}).</translation>
    </message>
    <message>
        <source>{server} has an IPv6 address only, which this telephone cannot use.</source>
        <translation>{server} n’a qu’une adresse IPv6, que ce téléphone ne peut pas utiliser.</translation>
    </message>
    <message>
        <source>{server} is known ({address}).</source>
        <translation>{server} est connu ({address}).</translation>
    </message>
</context>
<context>
    <name>DoctorCheck</name>
    <message>
        <source>Address for incoming calls</source>
        <translation>Adresse pour les appels entrants</translation>
    </message>
    <message>
        <source>CRM</source>
        <translation>CRM</translation>
    </message>
    <message>
        <source>CTI</source>
        <translation>CTI</translation>
    </message>
    <message>
        <source>Call forwarding</source>
        <translation>Renvoi d’appel</translation>
    </message>
    <message>
        <source>Call in progress</source>
        <translation>Appel en cours</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Certificat</translation>
    </message>
    <message>
        <source>Connection of the telephone</source>
        <translation>Connexion du téléphone</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Ne pas déranger</translation>
    </message>
    <message>
        <source>Microphone and volume</source>
        <translation>Micro et volume</translation>
    </message>
    <message>
        <source>Name of the server</source>
        <translation>Nom du serveur</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Ready for calls</source>
        <translation>Disponibilité</translation>
    </message>
    <message>
        <source>Records waiting to be sent</source>
        <translation>Fiches en attente d’envoi</translation>
    </message>
    <message>
        <source>Signed in at the queue</source>
        <translation>Connexion à la file d’attente</translation>
    </message>
    <message>
        <source>Sound devices</source>
        <translation>Périphériques audio</translation>
    </message>
    <message>
        <source>Sound formats</source>
        <translation>Formats audio</translation>
    </message>
    <message>
        <source>Telephone part</source>
        <translation>Partie téléphonie</translation>
    </message>
    <message>
        <source>Way to the telephone system</source>
        <translation>Chemin vers le système téléphonique</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Fiche d’appel</translation>
    </message>
</context>
<context>
    <name>DoctorWindow</name>
    <message>
        <source>Check again</source>
        <translation>Vérifier de nouveau</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>First everything is checked</source>
        <translation>Tout est d’abord vérifié</translation>
    </message>
    <message>
        <source>Listening to the microphone… please say something.</source>
        <translation>Écoute du microphone… dites quelque chose.</translation>
    </message>
    <message>
        <source>Make a file for support…</source>
        <translation>Créer un fichier pour l’assistance…</translation>
    </message>
    <message>
        <source>Opens the folder in which the file for support lies</source>
        <translation>Ouvre le dossier où se trouve le fichier pour l’assistance</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Montrer le dossier</translation>
    </message>
    <message>
        <source>Versions, states, changed settings, findings and times; no numbers, names, addresses, texts or passwords</source>
        <translation>Versions, états, réglages modifiés, constats et durées&#xa0;; ni numéro, ni nom, ni adresse, ni texte, ni mot de passe</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>Points vérifiés</translation>
    </message>
    <message>
        <source>Why am I not getting calls?</source>
        <translation>Pourquoi n’ai-je pas d’appels&#xa0;?</translation>
    </message>
    <message>
        <source>Written: {file}. It holds versions, states, changed settings, findings and times, and no number, name or text.</source>
        <translation>Écrit&#xa0;: {file}. Il contient versions, états, réglages modifiés, constats et durées, et ni numéro, ni nom, ni texte.</translation>
    </message>
    <message>
        <source>a restriction</source>
        <translation>une limitation</translation>
    </message>
    <message>
        <source>all is well</source>
        <translation>tout va bien</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>pas encore vérifié</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>à corriger</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>A contact has no “{field}”. It can have: {fields}.</source>
        <translation>Un contact n’a pas de «&#xa0;{field}&#xa0;». Il peut avoir&#xa0;: {fields}.</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535. Leave it out if you do not know it.</source>
        <translation>Un port est un nombre de 1 à 65535. Ne mettez rien si vous ne le connaissez pas.</translation>
    </message>
    <message>
        <source>All four lines are in use, so the telephone system cannot be told your state until one is free.</source>
        <translation>Les quatre lignes sont prises&#xa0;: votre état sera transmis au système téléphonique dès que l’une d’elles se libère.</translation>
    </message>
    <message>
        <source>All four lines are in use. The telephone system is told later.</source>
        <translation>Les quatre lignes sont prises. Le système téléphonique sera prévenu plus tard.</translation>
    </message>
    <message>
        <source>Another import is running. Wait until it is done.</source>
        <translation>Une autre importation est en cours. Attendez qu’elle soit finie.</translation>
    </message>
    <message>
        <source>Another page is being connected right now. Try again afterwards.</source>
        <translation>Une autre page est en cours de connexion. Réessayez ensuite.</translation>
    </message>
    <message>
        <source>At the CRM it is not certain who {text} is. Nothing was changed there.</source>
        <translation>Dans le CRM, on ne sait pas avec certitude qui est {text}. Rien n’y a été modifié.</translation>
    </message>
    <message>
        <source>At the CRM the number belongs to {text}. Nothing was changed.</source>
        <translation>Dans le CRM, ce numéro est à {text}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>Built-in settings are in force until it is put right: {file}</source>
        <translation>Les réglages d’origine s’appliquent jusqu’à la correction&#xa0;: {file}</translation>
    </message>
    <message>
        <source>Choose the outcome of the call, then finish.</source>
        <translation>Choisissez le résultat de l’appel, puis terminez.</translation>
    </message>
    <message>
        <source>Choose who has the number.</source>
        <translation>Choisissez à qui est le numéro.</translation>
    </message>
    <message>
        <source>Hanging up now cuts off {name}.</source>
        <translation>Si vous raccrochez maintenant, vous coupez {name}.</translation>
    </message>
    <message>
        <source>In the connector {file}, “{key}” cannot be so (line {line}; expected: {expected}).</source>
        <translation>Dans le connecteur {file}, «&#xa0;{key}&#xa0;» ne convient pas (ligne {line}&#xa0;; attendu&#xa0;: {expected}).</translation>
    </message>
    <message>
        <source>Neither a colleague nor a number fits “{text}”. Nothing was handed over.</source>
        <translation>Ni collègue ni numéro ne correspond à «&#xa0;{text}&#xa0;». Rien n’a été transféré.</translation>
    </message>
    <message>
        <source>No CRM is set up. Set one up in the settings, or with: agent-toolbar crm account set</source>
        <translation>Aucun CRM n’est configuré. Configurez-en un dans les réglages, ou avec&#xa0;: agent-toolbar crm account set</translation>
    </message>
    <message>
        <source>No browser could be opened. Open this address on this computer: {url}</source>
        <translation>Aucun navigateur n’a pu être ouvert. Ouvrez cette adresse sur cet ordinateur&#xa0;: {url}</translation>
    </message>
    <message>
        <source>No company directory is set up in the settings.</source>
        <translation>Aucun annuaire d’entreprise n’est configuré dans les réglages.</translation>
    </message>
    <message>
        <source>No connection to the network can be opened. Check the network.</source>
        <translation>Impossible d’ouvrir une connexion au réseau. Vérifiez le réseau.</translation>
    </message>
    <message>
        <source>No country has the number “{number}”.</source>
        <translation>Aucun pays n’a de numéro «&#xa0;{number}&#xa0;».</translation>
    </message>
    <message>
        <source>No key or password is kept for this address and user. Type it above, then test again.</source>
        <translation>Aucune clé ni aucun mot de passe n’est gardé pour cette adresse et cet utilisateur. Saisissez-le ci-dessus, puis testez à nouveau.</translation>
    </message>
    <message>
        <source>No password of {user} is kept, so the queues of the telephone system cannot be told your state.</source>
        <translation>Aucun mot de passe de {user} n’est gardé&#xa0;: les files du système téléphonique ignorent votre état.</translation>
    </message>
    <message>
        <source>No record of a call is open.</source>
        <translation>Aucune fiche d’appel n’est ouverte.</translation>
    </message>
    <message>
        <source>Nobody at the CRM has this number for certain.</source>
        <translation>Dans le CRM, personne n’a ce numéro de façon certaine.</translation>
    </message>
    <message>
        <source>Nobody knows whether this call is at the CRM already. Look there.</source>
        <translation>On ne sait pas si cet appel est déjà au CRM. Regardez-y.</translation>
    </message>
    <message>
        <source>Nobody signed in in the browser for three minutes. Sign in again.</source>
        <translation>Personne ne s’est connecté dans le navigateur pendant trois minutes. Reconnectez-vous.</translation>
    </message>
    <message>
        <source>Nobody, or more than one contact, has the number {number}. Choose the contact first.</source>
        <translation>Aucun contact, ou plusieurs, ont le numéro {number}. Choisissez d’abord le contact.</translation>
    </message>
    <message>
        <source>None of the columns holds names or companies ({columns}). Say which one does.</source>
        <translation>Aucune colonne ne contient de noms ni de sociétés ({columns}). Indiquez laquelle.</translation>
    </message>
    <message>
        <source>None of the columns holds telephone numbers ({columns}). Say which one does.</source>
        <translation>Aucune colonne ne contient de numéros de téléphone ({columns}). Indiquez laquelle.</translation>
    </message>
    <message>
        <source>Nothing asks to be called any more.</source>
        <translation>Plus rien ne demande à être appelé.</translation>
    </message>
    <message>
        <source>Nothing is selected or copied. Select a telephone number first.</source>
        <translation>Rien n’est sélectionné ni copié. Sélectionnez d’abord un numéro de téléphone.</translation>
    </message>
    <message>
        <source>On macOS the application offers itself for links, as soon as it lies in the folder of applications.</source>
        <translation>Sous macOS, l’application se propose elle-même pour les liens, dès qu’elle est dans le dossier des applications.</translation>
    </message>
    <message>
        <source>On this system only you can choose who opens links, in the system&apos;s settings.</source>
        <translation>Sur ce système, vous seul pouvez choisir qui ouvre les liens, dans les réglages du système.</translation>
    </message>
    <message>
        <source>Only 0 to 9, A to D, * and # can be sent as tones.</source>
        <translation>Seuls 0 à 9, A à D, * et # peuvent être envoyés en tonalités.</translation>
    </message>
    <message>
        <source>Reading the directory “{name}” did not start ({detail}). Its contacts stay as they are.</source>
        <translation>La lecture de l’annuaire «&#xa0;{name}&#xa0;» n’a pas commencé ({detail}). Ses contacts restent tels quels.</translation>
    </message>
    <message>
        <source>Reading the directory “{name}” stopped before its end. Its contacts stay as they are.</source>
        <translation>La lecture de l’annuaire «&#xa0;{name}&#xa0;» s’est arrêtée avant la fin. Ses contacts restent tels quels.</translation>
    </message>
    <message>
        <source>Say in a few words what for ({reason}). Your state stays.</source>
        <translation>Précisez en quelques mots ({reason}). Votre état ne change pas.</translation>
    </message>
    <message>
        <source>Say what the call was about, then finish.</source>
        <translation>Indiquez l’objet de l’appel, puis terminez.</translation>
    </message>
    <message>
        <source>Several numbers are selected: {numbers}. Select only the one to call.</source>
        <translation>Plusieurs numéros sont sélectionnés&#xa0;: {numbers}. Ne sélectionnez que celui à appeler.</translation>
    </message>
    <message>
        <source>Signing in in the browser was cancelled.</source>
        <translation>La connexion dans le navigateur a été annulée.</translation>
    </message>
    <message>
        <source>Somebody else has changed this contact at “{name}” meanwhile. Nothing was overwritten; look again.</source>
        <translation>Quelqu’un d’autre a modifié ce contact dans «&#xa0;{name}&#xa0;» entre-temps. Rien n’a été écrasé&#xa0;; regardez de nouveau.</translation>
    </message>
    <message>
        <source>That was another code. Tries left: {left}.</source>
        <translation>Ce n’est pas ce code. Essais restants&#xa0;: {left}.</translation>
    </message>
    <message>
        <source>The CRM asks to wait {retry_after_s} s before the next request.</source>
        <translation>Le CRM demande d’attendre {retry_after_s} s avant la prochaine requête.</translation>
    </message>
    <message>
        <source>The CRM cannot be reached ({detail}). Check its address and network.</source>
        <translation>Le CRM est injoignable ({detail}). Vérifiez son adresse et le réseau.</translation>
    </message>
    <message>
        <source>The CRM did not answer in time.</source>
        <translation>Le CRM n’a pas répondu à temps.</translation>
    </message>
    <message>
        <source>The CRM does not accept your key or password. Sign in again.</source>
        <translation>Le CRM n’accepte pas votre clé ou votre mot de passe. Reconnectez-vous.</translation>
    </message>
    <message>
        <source>The CRM gave an answer that cannot be used ({detail}). Check its address.</source>
        <translation>Le CRM a donné une réponse inutilisable ({detail}). Vérifiez son adresse.</translation>
    </message>
    <message>
        <source>The CRM has another number meanwhile ({text}). Nothing was overwritten.</source>
        <translation>Entre-temps, le CRM a un autre numéro ({text}). Rien n’a été écrasé.</translation>
    </message>
    <message>
        <source>The CRM has another number meanwhile. Nothing was overwritten.</source>
        <translation>Entre-temps, le CRM a un autre numéro. Rien n’a été écrasé.</translation>
    </message>
    <message>
        <source>The CRM has no page for this call.</source>
        <translation>Le CRM n’a pas de fiche pour cet appel.</translation>
    </message>
    <message>
        <source>The CRM has the number in a field that cannot be changed from here. Take it out there.</source>
        <translation>Le CRM garde ce numéro dans un champ qui ne peut pas être modifié d’ici. Retirez-le là-bas.</translation>
    </message>
    <message>
        <source>The CRM is not asked about this call. Sign in, and try again.</source>
        <translation>Le CRM n’est pas interrogé pour cet appel. Connectez-vous, puis réessayez.</translation>
    </message>
    <message>
        <source>The CRM refuses: {text}</source>
        <translation>Le CRM refuse&#xa0;: {text}</translation>
    </message>
    <message>
        <source>The CRM says that access was not allowed. Sign in again and agree, or ask whoever looks after the CRM.</source>
        <translation>Le CRM dit que l’accès n’a pas été autorisé. Reconnectez-vous et acceptez, ou demandez à la personne qui gère le CRM.</translation>
    </message>
    <message>
        <source>The CRM writes calls to a contact, and none there has this number for certain. Create it, then try again.</source>
        <translation>Le CRM range les appels chez un contact, et aucun n’y a ce numéro à coup sûr. Créez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>The audit of {server} stopped before its end. Try again; if it happens again, tell your support.</source>
        <translation>L’audit de {server} s’est arrêté avant la fin. Réessayez&#xa0;; si cela se reproduit, prévenez votre support.</translation>
    </message>
    <message>
        <source>The browser cannot come back: the ports {ports} of this computer are taken. Quit what uses them.</source>
        <translation>Le navigateur ne peut pas revenir&#xa0;: les ports {ports} de cet ordinateur sont pris. Quittez ce qui les utilise.</translation>
    </message>
    <message>
        <source>The call cannot do that now.</source>
        <translation>Impossible pour cet appel en ce moment.</translation>
    </message>
    <message>
        <source>The call could not be begun. Check the number and try again.</source>
        <translation>L’appel n’a pas pu commencer. Vérifiez le numéro et réessayez.</translation>
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
        <source>The connector {file} cannot be read (line {line}: {reason}).</source>
        <translation>Le connecteur {file} est illisible (ligne {line}&#xa0;: {reason}).</translation>
    </message>
    <message>
        <source>The connector {file} has an unknown entry “{key}” (line {line}).</source>
        <translation>Le connecteur {file} contient une entrée inconnue «&#xa0;{key}&#xa0;» (ligne {line}).</translation>
    </message>
    <message>
        <source>The connector {file} needs a newer toolbar (line {line}: {key} {found}).</source>
        <translation>Le connecteur {file} demande une barre plus récente (ligne {line}&#xa0;: {key} {found}).</translation>
    </message>
    <message>
        <source>The connector {file} needs “{key}” (line {line}), which the settings do not give.</source>
        <translation>Le connecteur {file} a besoin de «&#xa0;{key}&#xa0;» (ligne {line}), que les réglages ne donnent pas.</translation>
    </message>
    <message>
        <source>The connector {file} uses the filter “{filter}”, which does not exist (line {line}: {key}).</source>
        <translation>Le connecteur {file} utilise le filtre «&#xa0;{filter}&#xa0;», qui n’existe pas (ligne {line}&#xa0;: {key}).</translation>
    </message>
    <message>
        <source>The contact at “{name}” has no number {number} any more. Nothing was changed.</source>
        <translation>Le contact de «&#xa0;{name}&#xa0;» n’a plus le numéro {number}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The contact has another number meanwhile ({now}). Nothing was overwritten.</source>
        <translation>Entre-temps, le contact a un autre numéro ({now}). Rien n’a été écrasé.</translation>
    </message>
    <message>
        <source>The directory “{name}” answers nothing usable ({detail}). Its contacts stay as they are.</source>
        <translation>L’annuaire «&#xa0;{name}&#xa0;» ne répond rien d’utilisable ({detail}). Ses contacts restent tels quels.</translation>
    </message>
    <message>
        <source>The directory “{name}” asks to wait. Its contacts stay as they are until then.</source>
        <translation>L’annuaire «&#xa0;{name}&#xa0;» demande d’attendre. D’ici là, ses contacts restent tels quels.</translation>
    </message>
    <message>
        <source>The directory “{name}” cannot be reached ({detail}). Its contacts stay as they are.</source>
        <translation>L’annuaire «&#xa0;{name}&#xa0;» est injoignable ({detail}). Ses contacts restent tels quels.</translation>
    </message>
    <message>
        <source>The directory “{name}” does not answer in time. Its contacts stay as they are.</source>
        <translation>L’annuaire «&#xa0;{name}&#xa0;» ne répond pas à temps. Ses contacts restent tels quels.</translation>
    </message>
    <message>
        <source>The directory “{name}” does not let you read it. Ask who runs it. Its contacts stay as they are.</source>
        <translation>L’annuaire «&#xa0;{name}&#xa0;» ne vous laisse pas le lire. Adressez-vous à son responsable. Ses contacts restent tels quels.</translation>
    </message>
    <message>
        <source>The directory “{name}” is not at its address. Check it in the settings. Its contacts stay as they are.</source>
        <translation>L’annuaire «&#xa0;{name}&#xa0;» n’est pas à son adresse. Vérifiez-la dans les réglages. Ses contacts restent tels quels.</translation>
    </message>
    <message>
        <source>The directory “{name}” refuses user or password. Its contacts stay as they are. Give the password in the settings, or with: agent-toolbar contacts sync NAME --password-stdin</source>
        <translation>L’annuaire «&#xa0;{name}&#xa0;» refuse l’utilisateur ou le mot de passe. Ses contacts restent tels quels. Donnez le mot de passe dans les réglages, ou avec&#xa0;: agent-toolbar contacts sync NOM --password-stdin</translation>
    </message>
    <message>
        <source>The file for support could not be written ({file}: {reason}). Choose another place.</source>
        <translation>Le fichier pour l’assistance n’a pas pu être écrit ({file}&#xa0;: {reason}). Choisissez un autre endroit.</translation>
    </message>
    <message>
        <source>The file has no column “{column}”. It has: {columns}. Nothing was imported.</source>
        <translation>Le fichier n’a pas de colonne «&#xa0;{column}&#xa0;». Il a&#xa0;: {columns}. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>The first line does not name the columns. Add a line such as Name;Company;Telephone.</source>
        <translation>La première ligne ne nomme pas les colonnes. Ajoutez une ligne comme Nom&#x202f;; Société&#x202f;; Téléphone.</translation>
    </message>
    <message>
        <source>The handover has moved on meanwhile. Look at it and try again.</source>
        <translation>Le transfert a avancé entre-temps. Voyez où il en est et réessayez.</translation>
    </message>
    <message>
        <source>The import did not start ({detail}). Try again.</source>
        <translation>L’importation n’a pas démarré ({detail}). Réessayez.</translation>
    </message>
    <message>
        <source>The import stopped before its end. The contacts are as they were before; import again.</source>
        <translation>L’importation s’est arrêtée avant la fin. Les contacts sont inchangés&#xa0;; recommencez.</translation>
    </message>
    <message>
        <source>The new contact needs a name.</source>
        <translation>Il faut un nom pour le nouveau contact.</translation>
    </message>
    <message>
        <source>The notes cannot go along with this call. Try again.</source>
        <translation>Les notes ne peuvent pas suivre cet appel. Réessayez.</translation>
    </message>
    <message>
        <source>The number is taken away at the CRM, but could not be given to {text}. Write it there.</source>
        <translation>Le numéro est retiré dans le CRM, mais n’a pas pu être donné à {text}. Saisissez-le là-bas.</translation>
    </message>
    <message>
        <source>The number of this link was damaged on its way here (“{text}”). Copy it into the dial field.</source>
        <translation>Le numéro de ce lien a été abîmé en chemin («&#xa0;{text}&#xa0;»). Copiez-le dans le champ d’appel.</translation>
    </message>
    <message>
        <source>The number was changed in the CRM meanwhile. Look at it there before you correct it.</source>
        <translation>Le numéro a été modifié dans le CRM entre-temps. Vérifiez-le là-bas avant de le corriger.</translation>
    </message>
    <message>
        <source>The other program does not hand its selected text over. Copy the number into the dial field.</source>
        <translation>L’autre programme ne transmet pas le texte sélectionné. Copiez le numéro dans le champ d’appel.</translation>
    </message>
    <message>
        <source>The password for the directory “{name}” is missing. Its contacts stay as they are. Give it in the settings, or with: agent-toolbar contacts sync NAME --password-stdin</source>
        <translation>Le mot de passe de l’annuaire «&#xa0;{name}&#xa0;» manque. Ses contacts restent tels quels. Donnez-le dans les réglages, ou avec&#xa0;: agent-toolbar contacts sync NOM --password-stdin</translation>
    </message>
    <message>
        <source>The policy of your administrator is not in force ({file}).</source>
        <translation>Les règles de votre administrateur ne sont pas en vigueur ({file}).</translation>
    </message>
    <message>
        <source>The practice line did not start ({detail}). Try again.</source>
        <translation>La ligne d’entraînement n’a pas démarré ({detail}). Réessayez.</translation>
    </message>
    <message>
        <source>The record of your last call is open. Finish it first.</source>
        <translation>La fiche de votre dernier appel est ouverte. Terminez-la d’abord.</translation>
    </message>
    <message>
        <source>The report cannot be written ({file}: {reason}). Choose another folder.</source>
        <translation>Impossible d’écrire le rapport ({file}&#xa0;: {reason}). Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The setting “{key}” has a value that cannot be (allowed: {expected}).</source>
        <translation>Le réglage «&#xa0;{key}&#xa0;» a une valeur impossible (permis&#xa0;: {expected}).</translation>
    </message>
    <message>
        <source>The setting “{key}” holds a password. Take it out: passwords are kept in the keyring only.</source>
        <translation>Le réglage «&#xa0;{key}&#xa0;» contient un mot de passe. Retirez-le&#xa0;: ils ne sont gardés que dans le coffre de cet ordinateur.</translation>
    </message>
    <message>
        <source>The setting “{key}” leads to {host}, which is neither the CRM by https nor named in crm.page_hosts.</source>
        <translation>Le réglage «&#xa0;{key}&#xa0;» mène à {host}, qui n’est ni le CRM en https ni nommé dans crm.page_hosts.</translation>
    </message>
    <message>
        <source>The settings cannot be read (line {line}: {reason}).</source>
        <translation>Les réglages sont illisibles (ligne {line}&#xa0;: {reason}).</translation>
    </message>
    <message>
        <source>The settings cannot be written ({file}: {reason}). They hold until you quit.</source>
        <translation>Impossible d’enregistrer les réglages ({file}&#xa0;: {reason}). Ils restent valables jusqu’à la fermeture.</translation>
    </message>
    <message>
        <source>The settings have an unknown entry “{key}”.</source>
        <translation>Les réglages contiennent une entrée inconnue, «&#xa0;{key}&#xa0;».</translation>
    </message>
    <message>
        <source>The settings name no address and user (availability.rest) that the password could belong to.</source>
        <translation>Les réglages ne nomment ni adresse ni utilisateur (availability.rest) auxquels appartiendrait le mot de passe.</translation>
    </message>
    <message>
        <source>The settings name no company directory “{name}”.</source>
        <translation>Les réglages ne nomment aucun annuaire d’entreprise «&#xa0;{name}&#xa0;».</translation>
    </message>
    <message>
        <source>The settings were written by a newer toolbar ({version}).</source>
        <translation>Les réglages viennent d’une barre plus récente ({version}).</translation>
    </message>
    <message>
        <source>The sound test waits until your call is over.</source>
        <translation>Le test du son attend la fin de votre appel.</translation>
    </message>
    <message>
        <source>The system cannot start a program that lies in such a place: {place}</source>
        <translation>Le système ne peut pas lancer un programme placé à cet endroit&#xa0;: {place}</translation>
    </message>
    <message>
        <source>The system could not be told ({detail}).</source>
        <translation>Impossible de le dire au système ({detail}).</translation>
    </message>
    <message>
        <source>The telephone cannot use this account. Check server and extension.</source>
        <translation>Le téléphone ne peut pas utiliser ce compte. Vérifiez le serveur et le poste.</translation>
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
        <source>The telephone system cannot be asked ({server}: {reason}). Check server, port and network.</source>
        <translation>Impossible d’interroger le système téléphonique ({server}&#xa0;: {reason}). Vérifiez le serveur, le port et le réseau.</translation>
    </message>
    <message>
        <source>The telephone system cannot be reached, so its queues do not know your state.</source>
        <translation>Le système téléphonique est injoignable&#xa0;: ses files d’attente ignorent votre état.</translation>
    </message>
    <message>
        <source>The telephone system could not be told.</source>
        <translation>Le système téléphonique n’a pas pu être informé.</translation>
    </message>
    <message>
        <source>The telephone system does not accept the password of {user}, so its queues do not know your state.</source>
        <translation>Le système téléphonique n’accepte pas le mot de passe de {user}&#xa0;: ses files ignorent votre état.</translation>
    </message>
    <message>
        <source>The telephone system does not answer, so its queues may see you otherwise.</source>
        <translation>Le système téléphonique ne répond pas&#xa0;: ses files d’attente vous voient peut-être dans un autre état.</translation>
    </message>
    <message>
        <source>The telephone system refuses your state: {detail}.</source>
        <translation>Le système téléphonique refuse votre état&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>The toolbar is offered, but this file gives {scheme} links to somebody else: {place}</source>
        <translation>La barre est proposée, mais ce fichier donne les liens {scheme} à un autre programme&#xa0;: {place}</translation>
    </message>
    <message>
        <source>The toolbar&apos;s settings do not let pages open or finish a record.</source>
        <translation>Les réglages de la barre ne permettent pas aux pages d’ouvrir ou de terminer une fiche.</translation>
    </message>
    <message>
        <source>There is no call to wrap up.</source>
        <translation>Il n’y a pas d’appel dont remplir la fiche.</translation>
    </message>
    <message>
        <source>There is no connector “{manifest}” for a CRM.</source>
        <translation>Il n’y a pas de connecteur «&#xa0;{manifest}&#xa0;» pour un CRM.</translation>
    </message>
    <message>
        <source>There is no telephone number in “{text}”. Nothing was dialled.</source>
        <translation>Il n’y a pas de numéro de téléphone dans «&#xa0;{text}&#xa0;». Rien n’a été composé.</translation>
    </message>
    <message>
        <source>These data were written by a newer toolbar (form {found}, this one knows {known}). Update the toolbar.</source>
        <translation>Ces données viennent d’une barre plus récente (format {found}, celle-ci connaît {known}). Mettez la barre à jour.</translation>
    </message>
    <message>
        <source>This CRM connector cannot do that ({operation}).</source>
        <translation>Ce connecteur CRM ne sait pas faire cela ({operation}).</translation>
    </message>
    <message>
        <source>This account may not write there: {place}.</source>
        <translation>Ce compte n’a pas le droit d’écrire là&#xa0;: {place}.</translation>
    </message>
    <message>
        <source>This call does not wait for the CRM any more ({key}).</source>
        <translation>Cet appel n’attend plus le CRM ({key}).</translation>
    </message>
    <message>
        <source>This call has been over for too long to write about it here.</source>
        <translation>Cet appel est terminé depuis trop longtemps pour le noter ici.</translation>
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
        <source>This code is not good any more. Ask for a new one.</source>
        <translation>Ce code n’est plus valable. Demandez-en un nouveau.</translation>
    </message>
    <message>
        <source>This contact is being created already.</source>
        <translation>Ce contact est déjà en cours de création.</translation>
    </message>
    <message>
        <source>This did not work ({code}). If it happens again, tell your support this word.</source>
        <translation>Cela n’a pas marché ({code}). Si cela se reproduit, donnez ce mot à votre assistance.</translation>
    </message>
    <message>
        <source>This is needed: {name}.</source>
        <translation>Il manque&#xa0;: {name}.</translation>
    </message>
    <message>
        <source>This link is too long for a telephone number. Nothing was dialled.</source>
        <translation>Ce lien est trop long pour un numéro de téléphone. Rien n’a été composé.</translation>
    </message>
    <message>
        <source>This link wants to call somebody at {host}, which is not your telephone system. Nothing was dialled.</source>
        <translation>Ce lien veut appeler quelqu’un chez {host}, qui n’est pas votre système téléphonique. Rien n’a été composé.</translation>
    </message>
    <message>
        <source>This number is settled already.</source>
        <translation>Ce numéro est déjà réglé.</translation>
    </message>
    <message>
        <source>This page is connected with the toolbar already.</source>
        <translation>Cette page est déjà connectée à la barre.</translation>
    </message>
    <message>
        <source>This page is not connected with the toolbar. Connect it first.</source>
        <translation>Cette page n’est pas connectée à la barre. Connectez-la d’abord.</translation>
    </message>
    <message>
        <source>This question has only just appeared. Read it, then agree.</source>
        <translation>Cette question vient d’apparaître. Lisez-la avant d’accepter.</translation>
    </message>
    <message>
        <source>Too much text is selected. Select only the number to call.</source>
        <translation>Trop de texte est sélectionné. Ne sélectionnez que le numéro à appeler.</translation>
    </message>
    <message>
        <source>Toolbar and telephone part do not understand each other. Quit the toolbar and start it again.</source>
        <translation>La barre et la partie téléphonie ne se comprennent pas. Quittez la barre et relancez-la.</translation>
    </message>
    <message>
        <source>Type the name of the server. It looks like pbx.example.com.</source>
        <translation>Saisissez le nom du serveur, par exemple pbx.example.com.</translation>
    </message>
    <message>
        <source>Type the right number.</source>
        <translation>Saisissez le bon numéro.</translation>
    </message>
    <message>
        <source>Type your extension. It looks like 204.</source>
        <translation>Saisissez votre numéro de poste, par exemple 204.</translation>
    </message>
    <message>
        <source>Until then CTI does not go on by itself. Tell your administrator.</source>
        <translation>D’ici là, la CTI ne s’active pas d’elle-même. Prévenez votre administrateur.</translation>
    </message>
    <message>
        <source>Wait {seconds} s, then ask for a new code.</source>
        <translation>Attendez {seconds}&#xa0;s, puis demandez un nouveau code.</translation>
    </message>
    <message>
        <source>Who opens links is not known, as this file cannot be read ({detail}): {place}</source>
        <translation>Impossible de savoir qui ouvre les liens&#xa0;: ce fichier est illisible ({detail})&#xa0;: {place}</translation>
    </message>
    <message>
        <source>You are calling {name}. Quitting ends that.</source>
        <translation>Vous êtes en train d’appeler {name}. Quitter y met fin.</translation>
    </message>
    <message>
        <source>You are calling {name}. Switching CTI off ends that.</source>
        <translation>Vous êtes en train d’appeler {name}. Désactiver la CTI y met fin.</translation>
    </message>
    <message>
        <source>You are in a call with {name}. Quitting ends it.</source>
        <translation>Vous êtes en ligne avec {name}. Quitter met fin à l’appel.</translation>
    </message>
    <message>
        <source>You are in a call with {name}. Switching CTI off ends it.</source>
        <translation>Vous êtes en ligne avec {name}. Désactiver la CTI met fin à l’appel.</translation>
    </message>
    <message>
        <source>Your CRM account may not do this. Ask whoever looks after the CRM.</source>
        <translation>Votre compte CRM n’a pas ce droit. Demandez à la personne qui s’occupe du CRM.</translation>
    </message>
    <message>
        <source>Your own settings under “{table}” do not go with those of your administrator ({key}) and are not in force. Choose others on their page of the settings.</source>
        <translation>Vos propres réglages sous «&#xa0;{table}&#xa0;» ne vont pas avec ceux de votre administrateur ({key}) et ne sont pas en vigueur. Choisissez-en d’autres à leur page des réglages.</translation>
    </message>
    <message>
        <source>{count} entries are not written to the CRM yet. They are kept, and go out after the next start.</source>
        <translation>{count} éléments ne sont pas encore inscrits dans le CRM. Ils sont conservés et partiront après le prochain démarrage.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {detail}. Nothing was imported.</source>
        <translation>Impossible de lire {file}&#xa0;: {detail}. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>{file} is empty. Nothing was imported.</source>
        <translation>{file} est vide. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>{file} is not a text file. Save it as CSV or vCard first. Nothing was imported.</source>
        <translation>{file} n’est pas un fichier texte. Enregistrez-le d’abord en CSV ou vCard. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>{name} is calling. Quitting ends the call.</source>
        <translation>{name} appelle. Quitter met fin à l’appel.</translation>
    </message>
    <message>
        <source>{name} is calling. Switching CTI off declines the call.</source>
        <translation>{name} appelle. Désactiver la CTI refuse l’appel.</translation>
    </message>
    <message>
        <source>{name} signs people in in the browser, which this test cannot. The manifest itself is in order.</source>
        <translation>{name} connecte les personnes dans le navigateur, ce que cet essai ne peut pas faire. Le fichier du connecteur est en ordre.</translation>
    </message>
    <message>
        <source>{name} signs people in in the browser. Choose “Save and sign in” first, then test.</source>
        <translation>{name} connecte les personnes dans le navigateur. Choisissez d’abord «&#xa0;Enregistrer et se connecter&#xa0;», puis testez.</translation>
    </message>
    <message>
        <source>{name}: {before} becomes {after}, in the contacts{crm}. Is that right?</source>
        <translation>{name}&#xa0;: {before} devient {after}, dans les contacts{crm}. Est-ce exact&#xa0;?</translation>
    </message>
    <message>
        <source>{name}: {before} is taken away, in the contacts{crm}. Is that right?</source>
        <translation>{name}&#xa0;: {before} est retiré, dans les contacts{crm}. Est-ce exact&#xa0;?</translation>
    </message>
    <message>
        <source>{number} is {risk}. Go on all the same?</source>
        <translation>{number} est {risk}. Continuer quand même&#xa0;?</translation>
    </message>
    <message>
        <source>“{disposition}” is no outcome of this toolbar.</source>
        <translation>«&#xa0;{disposition}&#xa0;» ne fait pas partie des résultats prévus.</translation>
    </message>
    <message>
        <source>“{extension}” is not an extension. It looks like 204.</source>
        <translation>«&#xa0;{extension}&#xa0;» n’est pas un numéro de poste. Exemple&#xa0;: 204.</translation>
    </message>
    <message>
        <source>“{finding}” says nothing about a number.</source>
        <translation>«&#xa0;{finding}&#xa0;» ne dit rien d’un numéro.</translation>
    </message>
    <message>
        <source>“{key}” is set by your administrator and stays as it is.</source>
        <translation>«&#xa0;{key}&#xa0;» est fixé par votre administrateur et reste tel quel.</translation>
    </message>
    <message>
        <source>“{manifest}” is no name of a connector.</source>
        <translation>«&#xa0;{manifest}&#xa0;» n’est pas un nom de connecteur.</translation>
    </message>
    <message>
        <source>“{name}” is no name of a value of a connector.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est pas un nom de valeur d’un connecteur.</translation>
    </message>
    <message>
        <source>“{number}” has an extension. Type the number without it.</source>
        <translation>«&#xa0;{number}&#xa0;» comporte un numéro de poste. Saisissez-le sans celui-ci.</translation>
    </message>
    <message>
        <source>“{number}” is a number of your telephone system, not of a customer.</source>
        <translation>«&#xa0;{number}&#xa0;» est un numéro de votre système téléphonique, pas celui d’un client.</translation>
    </message>
    <message>
        <source>“{number}” is no number of somebody outside. Type one as you would dial it, or none.</source>
        <translation>«&#xa0;{number}&#xa0;» n’est pas un numéro extérieur. Saisissez-le comme vous le composeriez, ou laissez vide.</translation>
    </message>
    <message>
        <source>“{number}” is no outside number, so there is nothing to correct.</source>
        <translation>«&#xa0;{number}&#xa0;» n’est pas un numéro extérieur&#xa0;: il n’y a rien à corriger.</translation>
    </message>
    <message>
        <source>“{number}” is not a whole telephone number.</source>
        <translation>«&#xa0;{number}&#xa0;» n’est pas un numéro de téléphone complet.</translation>
    </message>
    <message>
        <source>“{number}” is the number that is there already.</source>
        <translation>«&#xa0;{number}&#xa0;» est déjà le numéro enregistré.</translation>
    </message>
    <message>
        <source>“{origin}” is not the address of a page without its path. It looks like https://crm.example.com.</source>
        <translation>«&#xa0;{origin}&#xa0;» n’est pas l’adresse d’un site sans chemin. Elle ressemble à https://crm.example.com.</translation>
    </message>
    <message>
        <source>“{place}” is no placeholder of an address (setting “{key}”). There are: {known}.</source>
        <translation>«&#xa0;{place}&#xa0;» n’est pas un champ d’adresse (réglage «&#xa0;{key}&#xa0;»). Il y a&#xa0;: {known}.</translation>
    </message>
    <message>
        <source>“{reason}” is no reason of this toolbar. Your state stays.</source>
        <translation>«&#xa0;{reason}&#xa0;» ne fait pas partie des motifs prévus. Votre état ne change pas.</translation>
    </message>
    <message>
        <source>“{server}” is not the name of a server. It looks like pbx.example.com.</source>
        <translation>«&#xa0;{server}&#xa0;» n’est pas un nom de serveur. Exemple&#xa0;: pbx.example.com.</translation>
    </message>
    <message>
        <source>“{text}” is no date. It looks like 2026-05-27.</source>
        <translation>«&#xa0;{text}&#xa0;» n’est pas une date. Une date s’écrit 2026-05-27.</translation>
    </message>
    <message>
        <source>“{text}” is no link to a telephone number. Nothing was dialled.</source>
        <translation>«&#xa0;{text}&#xa0;» n’est pas un lien vers un numéro de téléphone. Rien n’a été composé.</translation>
    </message>
    <message>
        <source>“{text}” is not a telephone number. Nothing was dialled.</source>
        <translation>«&#xa0;{text}&#xa0;» n’est pas un numéro de téléphone. Rien n’a été composé.</translation>
    </message>
    <message>
        <source>“{transport}” is no transport. Use udp or tcp.</source>
        <translation>«&#xa0;{transport}&#xa0;» n’est pas un transport. Utilisez udp ou tcp.</translation>
    </message>
    <message>
        <source>“{url}” is no address of a CRM. It begins with https:// and holds no password.</source>
        <translation>«&#xa0;{url}&#xa0;» n’est pas une adresse de CRM. Elle commence par https:// et ne contient pas de mot de passe.</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>A call was turned away because all four lines were in use.</source>
        <translation>Un appel a été refusé&#xa0;: les quatre lignes étaient occupées.</translation>
    </message>
    <message>
        <source>Entries for the CRM that need your decision: {count}.</source>
        <translation>Éléments du CRM en attente de votre décision&#xa0;: {count}.</translation>
    </message>
    <message>
        <source>No browser could be opened. Open this address on this computer to sign in at the CRM: {url}</source>
        <translation>Aucun navigateur n’a pu être ouvert. Ouvrez cette adresse sur cet ordinateur pour vous connecter au CRM&#xa0;: {url}</translation>
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
        <source>Pages of the CRM cannot reach this toolbar: another program has the port {port}. Quit that one, or choose another port for the toolbar and the CRM.</source>
        <translation>Les pages du CRM ne peuvent pas joindre cette barre&#xa0;: un autre programme occupe le port {port}. Quittez-le, ou choisissez un autre port pour la barre et le CRM.</translation>
    </message>
    <message>
        <source>Sign in at the CRM in your browser. This waits for three minutes.</source>
        <translation>Connectez-vous au CRM dans votre navigateur. L’attente dure trois minutes.</translation>
    </message>
    <message>
        <source>Sign in at the CRM: your browser opens for that.</source>
        <translation>Connectez-vous au CRM&#xa0;: votre navigateur s’ouvre pour cela.</translation>
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
        <source>The call to {name} ended unexpectedly: {cause}.</source>
        <translation>L’appel vers {name} s’est terminé de façon inattendue&#xa0;: {cause}.</translation>
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
        <source>The disk is full: the totals of your day are kept in memory only. Make some room, then they are written.</source>
        <translation>Le disque est plein&#xa0;: les totaux de votre journée ne sont gardés qu’en mémoire. Faites de la place, ils seront alors enregistrés.</translation>
    </message>
    <message>
        <source>The disk is full: what the CRM must still be told is kept in memory only. Make some room.</source>
        <translation>Le disque est plein&#xa0;: ce que le CRM doit encore apprendre n’est gardé qu’en mémoire. Faites de la place.</translation>
    </message>
    <message>
        <source>The disk of the shared notes is full ({place}). Calls are transferred without notes until it has room.</source>
        <translation>Le disque des notes partagées est plein ({place}). Les appels sont transférés sans leurs notes tant qu’il n’y a pas de place.</translation>
    </message>
    <message>
        <source>The file of the shared notes is damaged ({place}). Calls are transferred without notes until it is replaced.</source>
        <translation>Le fichier des notes partagées est abîmé ({place}). Les appels sont transférés sans leurs notes tant qu’il n’est pas remplacé.</translation>
    </message>
    <message>
        <source>The file of what waits for the CRM was damaged and set aside ({file}). New calls go to a new one.</source>
        <translation>Le fichier de ce qui attend le CRM était endommagé et a été mis de côté ({file}). Les nouveaux appels vont dans un autre.</translation>
    </message>
    <message>
        <source>The key for the CRM is missing, so nothing is written there.</source>
        <translation>La clé du CRM manque&#xa0;: rien n’y est inscrit.</translation>
    </message>
    <message>
        <source>The shared notes cannot be reached ({place}). Calls are transferred all the same; their notes follow later.</source>
        <translation>Les notes partagées sont injoignables ({place}). Les appels sont transférés quand même&#xa0;; leurs notes suivront.</translation>
    </message>
    <message>
        <source>The shared notes do not admit this toolbar ({place}). Calls are transferred without notes until user and password are right.</source>
        <translation>Les notes partagées refusent l’accès ({place}). Les appels sont transférés sans leurs notes tant que l’utilisateur et le mot de passe ne sont pas les bons.</translation>
    </message>
    <message>
        <source>The shared notes do not work now ({place}: {detail}). Calls are transferred without notes meanwhile.</source>
        <translation>Les notes partagées ne fonctionnent pas pour l’instant ({place}&#xa0;: {detail}). En attendant, les appels sont transférés sans leurs notes.</translation>
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
        <source>The telephone system has not confirmed your state: {detail}. Its queues may see you otherwise.</source>
        <translation>Le système téléphonique n’a pas confirmé votre état&#xa0;: {detail}. Ses files d’attente vous voient peut-être autrement.</translation>
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
        <source>The totals of your day cannot be written now. They are kept in memory and written later.</source>
        <translation>Les totaux de votre journée ne peuvent pas être enregistrés pour l’instant. Ils sont gardés en mémoire et enregistrés plus tard.</translation>
    </message>
    <message>
        <source>The totals of your days were damaged and set aside ({file}). They are counted anew from now on.</source>
        <translation>Les totaux de vos journées étaient endommagés et ont été mis de côté ({file}). Ils sont comptés à neuf désormais.</translation>
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
        <source>This computer slept for {minutes} min, so you are not ready: calls wait until you are.</source>
        <translation>Cet ordinateur a été en veille pendant {minutes} min&#xa0;: vous êtes indisponible et les appels attendent que vous redeveniez disponible.</translation>
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
        <source>What waits for the CRM cannot be written to the disk now. It is kept in memory and written later.</source>
        <translation>Ce qui attend le CRM ne peut pas être écrit sur le disque maintenant. C’est gardé en mémoire et sera écrit plus tard.</translation>
    </message>
    <message>
        <source>Which contact you chose for a number cannot be kept on the disk now. It is tried with the next one.</source>
        <translation>Le contact choisi pour un numéro ne peut pas être enregistré sur le disque pour l’instant. Ce sera retenté au prochain choix.</translation>
    </message>
    <message>
        <source>Your state was changed at the telephone system: {state}.</source>
        <translation>Votre état a été modifié dans le système téléphonique&#xa0;: {state}.</translation>
    </message>
    <message>
        <source>another device</source>
        <translation>un autre appareil</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <source>{device} does not open. Perhaps another program holds it; close that or choose another device.</source>
        <translation>{device} ne s’ouvre pas. Un autre programme l’utilise peut-être&#xa0;: fermez-le ou choisissez un autre appareil.</translation>
    </message>
    <message>
        <source>{device} is not plugged in. In its place: {instead}.</source>
        <translation>{device} n’est pas branché. À sa place&#xa0;: {instead}.</translation>
    </message>
</context>
<context>
    <name>FindingChoice</name>
    <message>
        <source>What the call showed of the number</source>
        <translation>Ce que l’appel a montré du numéro</translation>
    </message>
    <message>
        <source>What the call showed of the number (F2)</source>
        <translation>Ce que l’appel a montré du numéro (F2)</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Asking {server}…</source>
        <translation>{server} est interrogé…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connecter</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Invented customers call you; nothing leaves this computer.</source>
        <translation>Des clients imaginaires vous appellent&#xa0;; rien ne sort de cet ordinateur.</translation>
    </message>
    <message>
        <source>Practise without a telephone system</source>
        <translation>S’entraîner sans téléphone</translation>
    </message>
    <message>
        <source>Set up the telephone</source>
        <translation>Configurer le téléphone</translation>
    </message>
    <message>
        <source>Test the headset</source>
        <translation>Tester le casque</translation>
    </message>
    <message>
        <source>This computer has no keyring: the password is kept until you quit, then asked again.</source>
        <translation>Cet ordinateur n’a pas de coffre à mots de passe&#xa0;: le vôtre est gardé jusqu’à la fermeture, puis redemandé.</translation>
    </message>
    <message>
        <source>Three things make your telephone ring here. You find them in your welcome mail.</source>
        <translation>Trois informations suffisent pour que votre téléphone sonne ici. Elles sont dans votre message de bienvenue.</translation>
    </message>
    <message>
        <source>Trying to connect</source>
        <translation>Connexion en cours d’essai</translation>
    </message>
</context>
<context>
    <name>FollowUpChoice</name>
    <message>
        <source>Day of the follow-up</source>
        <translation>Jour de la relance</translation>
    </message>
    <message>
        <source>Follow up in a week</source>
        <translation>Relancer dans une semaine</translation>
    </message>
    <message>
        <source>Follow up on…</source>
        <translation>Relancer le…</translation>
    </message>
    <message>
        <source>Follow up tomorrow</source>
        <translation>Relancer demain</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Relance</translation>
    </message>
    <message>
        <source>No follow-up</source>
        <translation>Sans relance</translation>
    </message>
</context>
<context>
    <name>Handlers</name>
    <message>
        <source>Agent Toolbar</source>
        <translation>Agent Toolbar</translation>
    </message>
    <message>
        <source>Another copy of the toolbar is offered for these links. Offer this one to take its place.</source>
        <translation>Une autre copie de la barre est proposée pour ces liens. Proposez celle-ci pour qu’elle la remplace.</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Not chosen yet: Windows asks at the next link</source>
        <translation>Pas encore choisi&#xa0;: Windows demandera au prochain lien</translation>
    </message>
    <message>
        <source>Not chosen yet: macOS decides</source>
        <translation>Pas encore choisi&#xa0;: macOS décide</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>The toolbar is not offered for these links.</source>
        <translation>La barre n’est pas proposée pour ces liens.</translation>
    </message>
    <message>
        <source>The toolbar is offered for these links, to everybody at this computer.</source>
        <translation>La barre est proposée pour ces liens, à tous ceux qui utilisent cet ordinateur.</translation>
    </message>
    <message>
        <source>The toolbar is offered for these links.</source>
        <translation>La barre est proposée pour ces liens.</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>Now</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Numéro masqué</translation>
    </message>
</context>
<context>
    <name>HistoryWindow</name>
    <message>
        <source>Call back</source>
        <translation>Rappeler</translation>
    </message>
    <message>
        <source>Call back (Enter)</source>
        <translation>Rappeler (Entrée)</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Calls that nobody answers are kept here until you have seen them.</source>
        <translation>Les appels que personne ne prend restent ici jusqu’à ce que vous les ayez vus.</translation>
    </message>
    <message>
        <source>Choose a call in the list first.</source>
        <translation>Choisissez d’abord un appel dans la liste.</translation>
    </message>
    <message>
        <source>Copied: {number}</source>
        <translation>Copié&#xa0;: {number}</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>Copier le numéro</translation>
    </message>
    <message>
        <source>Copy number ({keys})</source>
        <translation>Copier le numéro ({keys})</translation>
    </message>
    <message>
        <source>Every call is written down here. Type a number into the toolbar&apos;s dial field to make one.</source>
        <translation>Chaque appel est noté ici. Pour appeler, saisissez un numéro dans le champ de la barre.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Missed only</source>
        <translation>En absence</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>Pas encore d’appels</translation>
    </message>
    <message>
        <source>No missed calls</source>
        <translation>Aucun appel en absence</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Rien trouvé</translation>
    </message>
    <message>
        <source>Say what is wrong with it, and correct it (F2)</source>
        <translation>Dire ce qui ne va pas et le corriger (F2)</translation>
    </message>
    <message>
        <source>Search for a part of a name or company, or some digits of a number.</source>
        <translation>Cherchez une partie d’un nom ou d’une société, ou quelques chiffres d’un numéro.</translation>
    </message>
    <message>
        <source>Search name, company or number</source>
        <translation>Nom, société ou numéro</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Chercher dans l’historique</translation>
    </message>
    <message>
        <source>The caller withheld the number.</source>
        <translation>L’appelant a masqué son numéro.</translation>
    </message>
    <message>
        <source>Wrong number…</source>
        <translation>Numéro erroné…</translation>
    </message>
</context>
<context>
    <name>IdleLine</name>
    <message>
        <source>Are you still there?</source>
        <translation>Êtes-vous toujours là&#xa0;?</translation>
    </message>
    <message>
        <source>I am here</source>
        <translation>Je suis là</translation>
    </message>
    <message>
        <source>Without an answer you become not ready (%1) in %2 s.</source>
        <translation>Sans réponse, vous passez indisponible (%1) dans %2&#xa0;s.</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>A CSV file, from a spreadsheet for example, or vCards (.vcf).</source>
        <translation>Un fichier CSV, d’un tableur par exemple, ou des vCards (.vcf).</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Cancelled. The contacts are as they were before.</source>
        <translation>Annulé. Les contacts sont inchangés.</translation>
    </message>
    <message>
        <source>Choose at least a name or company and one number.</source>
        <translation>Choisissez au moins un nom ou une société, et un numéro.</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>Contacts (*.csv *.txt *.tsv *.vcf *.vcard)</source>
        <translation>Contacts (*.csv *.txt *.tsv *.vcf *.vcard)</translation>
    </message>
    <message>
        <source>Done: {added} new, {updated} updated, {unchanged} unchanged.</source>
        <translation>Terminé&#xa0;: {added} nouveaux, {updated} mis à jour, {unchanged} inchangés.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>Importer un fichier…</translation>
    </message>
    <message>
        <source>Import contacts</source>
        <translation>Importer des contacts</translation>
    </message>
    <message>
        <source>Importing {file}…</source>
        <translation>Importation de {file}…</translation>
    </message>
    <message>
        <source>Left out: {count} (see below).</source>
        <translation>Laissés de côté&#xa0;: {count} (voir ci-dessous).</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>Avancement de l’importation</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <translation>Lecture de {file}…</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>Rows that were left out</source>
        <translation>Lignes laissées de côté</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>There are no contacts yet. Import your customers, and their names appear when they call.</source>
        <translation>Il n’y a pas encore de contacts. Importez vos clients, et leur nom apparaîtra quand ils appellent.</translation>
    </message>
    <message>
        <source>{count} contacts are on this computer. They are found when somebody calls.</source>
        <translation>{count} contacts sont sur cet ordinateur. Ils sont reconnus quand quelqu’un appelle.</translation>
    </message>
    <message>
        <source>{count} contacts read…</source>
        <translation>{count} contacts lus…</translation>
    </message>
    <message>
        <source>{file} holds vCards; nothing has to be chosen.</source>
        <translation>{file} contient des vCards&#xa0;; il n’y a rien à choisir.</translation>
    </message>
    <message>
        <source>{file}: check which column is what, then import.</source>
        <translation>{file}&#xa0;: vérifiez à quoi sert chaque colonne, puis importez.</translation>
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
    <name>JoinRow</name>
    <message>
        <source>Conference</source>
        <translation>Conférence</translation>
    </message>
    <message>
        <source>Join these two</source>
        <translation>Les mettre en relation</translation>
    </message>
    <message>
        <source>Or connect %1 with %2:</source>
        <translation>Ou relier %1 et %2&#xa0;:</translation>
    </message>
</context>
<context>
    <name>KeypadRow</name>
    <message>
        <source>Close keypad</source>
        <translation>Fermer le clavier</translation>
    </message>
    <message>
        <source>Keypad: press 0 to 9, star or hash</source>
        <translation>Clavier&#xa0;: 0 à 9, étoile ou dièse</translation>
    </message>
    <message>
        <source>Sent: %1</source>
        <translation>Envoyé&#xa0;: %1</translation>
    </message>
    <message>
        <source>Type digits to send</source>
        <translation>Tapez les chiffres à envoyer</translation>
    </message>
</context>
<context>
    <name>LabelTable</name>
    <message>
        <source> min</source>
        <translation>&#xa0;min</translation>
    </message>
    <message>
        <source>A code has letters without accents, digits, “-” and “_” only, and no spaces.</source>
        <translation>Un code n’a que des lettres sans accents, des chiffres, «&#xa0;-&#xa0;» et «&#xa0;_&#xa0;», et pas d’espaces.</translation>
    </message>
    <message>
        <source>A code is needed: it is what other systems are told.</source>
        <translation>Il faut un code&#xa0;: c’est ce que les autres systèmes reçoivent.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>After it the time turns amber.</source>
        <translation>Au-delà, le temps passe à l’orange.</translation>
    </message>
    <message>
        <source>Another entry has this code. Each code may stand once.</source>
        <translation>Une autre ligne a ce code. Chaque code ne peut figurer qu’une fois.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>En anglais</translation>
    </message>
    <message>
        <source>In French</source>
        <translation>En français</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Longest time</source>
        <translation>Durée maximale</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>What the telephone system and reports are told.</source>
        <translation>Ce que reçoivent le système téléphonique et les rapports.</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>pas encore enregistré</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes}&#xa0;min</translation>
    </message>
</context>
<context>
    <name>LinksPage</name>
    <message>
        <source>Dial links without asking</source>
        <translation>Appeler les liens sans demander</translation>
    </message>
    <message>
        <source>Let links call SIP addresses of other companies</source>
        <translation>Laisser les liens appeler les adresses SIP d’autres entreprises</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Liens</translation>
    </message>
    <message>
        <source>Now choose it on the system&apos;s page.</source>
        <translation>Choisissez-la maintenant sur la page du système.</translation>
    </message>
    <message>
        <source>Offer the toolbar for telephone links</source>
        <translation>Proposer la barre pour les liens téléphoniques</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Open the system&apos;s page</source>
        <translation>Ouvrir la page du système</translation>
    </message>
    <message>
        <source>Open these links with the toolbar</source>
        <translation>Ouvrir ces liens avec la barre</translation>
    </message>
    <message>
        <source>Otherwise only addresses of your own telephone system can be called from a link.</source>
        <translation>Sinon, un lien ne peut appeler que les adresses de votre propre système téléphonique.</translation>
    </message>
    <message>
        <source>SIP address (sip)</source>
        <translation>Adresse SIP (sip)</translation>
    </message>
    <message>
        <source>Take it out again</source>
        <translation>La retirer</translation>
    </message>
    <message>
        <source>Telephone (callto)</source>
        <translation>Téléphone (callto)</translation>
    </message>
    <message>
        <source>Telephone (tel)</source>
        <translation>Téléphone (tel)</translation>
    </message>
    <message>
        <source>The page could not be opened. Look for “Default apps” in the system&apos;s settings.</source>
        <translation>La page n’a pas pu s’ouvrir. Cherchez «&#xa0;Applications par défaut&#xa0;» dans les réglages du système.</translation>
    </message>
    <message>
        <source>These always ask: emergency and premium numbers, codes with * or #, a country that was never called from here, addresses of other companies, and more than five links a minute.</source>
        <translation>Demandent toujours&#xa0;: les numéros d’urgence et surtaxés, les codes avec * ou #, un pays jamais appelé d’ici, les adresses d’autres entreprises, et plus de cinq liens par minute.</translation>
    </message>
    <message>
        <source>What a link may do</source>
        <translation>Ce qu’un lien peut faire</translation>
    </message>
    <message>
        <source>Who opens links on this computer</source>
        <translation>Qui ouvre les liens sur cet ordinateur</translation>
    </message>
    <message>
        <source>Whoever opens them now keeps them until you choose otherwise.</source>
        <translation>Le programme qui les ouvre maintenant les garde, jusqu’à ce que vous en décidiez autrement.</translation>
    </message>
    <message>
        <source>macOS offers the toolbar for these links by itself, once it lies in the folder Applications. Who opens them is chosen in FaceTime, Settings, “Default for calls”.</source>
        <translation>macOS propose lui-même la barre pour ces liens, dès qu’elle est dans le dossier Applications. On choisit qui les ouvre dans FaceTime, Réglages, «&#xa0;Par défaut pour les appels&#xa0;».</translation>
    </message>
</context>
<context>
    <name>LocalApiPage</name>
    <message>
        <source>A page that is forgotten must be connected by a code again.</source>
        <translation>Une page oubliée doit être connectée de nouveau par un code.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Address of the CRM</source>
        <translation>Adresse du CRM</translation>
    </message>
    <message>
        <source>Addresses that may connect</source>
        <translation>Adresses autorisées</translation>
    </message>
    <message>
        <source>Code for the page: {code}</source>
        <translation>Code pour la page&#xa0;: {code}</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Oublier</translation>
    </message>
    <message>
        <source>None yet. When a page asks to be connected, its code appears on the bar.</source>
        <translation>Aucune pour l’instant. Quand une page demande à se connecter, son code s’affiche sur la barre.</translation>
    </message>
    <message>
        <source>Only pages of exactly these addresses. Each one is connected by a code first.</source>
        <translation>Seulement les pages de ces adresses exactes. Chacune se connecte d’abord par un code.</translation>
    </message>
    <message>
        <source>Pages may open and finish the record of a call</source>
        <translation>Les pages peuvent ouvrir et terminer la fiche d’un appel</translation>
    </message>
    <message>
        <source>Pages of the CRM</source>
        <translation>Pages du CRM</translation>
    </message>
    <message>
        <source>Pages of the CRM may connect with this toolbar</source>
        <translation>Les pages du CRM peuvent se connecter à cette barre</translation>
    </message>
    <message>
        <source>Pages that you let in</source>
        <translation>Pages que vous avez admises</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>The CRM must use the same one.</source>
        <translation>Le CRM doit utiliser le même.</translation>
    </message>
    <message>
        <source>They see who calls and can ask you to call a number. They never answer, hang up or transfer.</source>
        <translation>Elles voient qui appelle et peuvent vous proposer d’appeler un numéro. Elles ne décrochent, ne raccrochent et ne transfèrent jamais.</translation>
    </message>
    <message>
        <source>connected now</source>
        <translation>connectée</translation>
    </message>
    <message>
        <source>not allowed any more</source>
        <translation>plus autorisée</translation>
    </message>
    <message>
        <source>not connected now</source>
        <translation>non connectée</translation>
    </message>
    <message>
        <source>{origin} wants to be connected. If you asked for it, type this code there.</source>
        <translation>{origin} demande à se connecter. Si c’est vous qui l’avez demandé, saisissez-y ce code.</translation>
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
    <name>Messages</name>
    <message>
        <source>Why?</source>
        <translation>Pourquoi&#xa0;?</translation>
    </message>
</context>
<context>
    <name>MissingField</name>
    <message>
        <source>Still missing: {fields}</source>
        <translation>Manque encore&#xa0;: {fields}</translation>
    </message>
    <message>
        <source>the outcome</source>
        <translation>le résultat</translation>
    </message>
    <message>
        <source>what it was about</source>
        <translation>l’objet</translation>
    </message>
</context>
<context>
    <name>NoteRow</name>
    <message>
        <source>Close, the note is kept</source>
        <translation>Fermer, la note est gardée</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Gardée</translation>
    </message>
    <message>
        <source>Note on %1</source>
        <translation>Note&#xa0;: %1</translation>
    </message>
    <message>
        <source>What matters for whoever talks to them next</source>
        <translation>Ce que doit savoir la personne qui prendra la suite</translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source> and in {crm}</source>
        <translation> et dans {crm}</translation>
    </message>
    <message>
        <source>Address book {name}</source>
        <translation>Carnet d’adresses {name}</translation>
    </message>
    <message>
        <source>Belongs to somebody else</source>
        <translation>À quelqu’un d’autre</translation>
    </message>
    <message>
        <source>Belongs to somebody else, you said on {day}</source>
        <translation>À quelqu’un d’autre, noté par vous le {day}</translation>
    </message>
    <message>
        <source>It says: {text}</source>
        <translation>Il répond&#xa0;: {text}</translation>
    </message>
    <message>
        <source>No longer in use</source>
        <translation>Plus attribué</translation>
    </message>
    <message>
        <source>No longer in use, you said on {day}</source>
        <translation>Plus attribué, noté par vous le {day}</translation>
    </message>
    <message>
        <source>Number is right</source>
        <translation>Numéro exact</translation>
    </message>
    <message>
        <source>Number: {before} becomes {after}</source>
        <translation>Numéro&#xa0;: {before} devient {after}</translation>
    </message>
    <message>
        <source>Number: {before} goes to {name}</source>
        <translation>Numéro&#xa0;: {before} passe à {name}</translation>
    </message>
    <message>
        <source>Number: {before} is taken away</source>
        <translation>Numéro&#xa0;: {before} est retiré</translation>
    </message>
    <message>
        <source>The connector of this CRM cannot write numbers.</source>
        <translation>Le connecteur de ce CRM ne peut pas écrire de numéros.</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Numéro erroné</translation>
    </message>
    <message>
        <source>Wrong number, you said on {day}</source>
        <translation>Numéro erroné, noté par vous le {day}</translation>
    </message>
    <message>
        <source>You may not write there.</source>
        <translation>Vous n’avez pas le droit d’y écrire.</translation>
    </message>
    <message>
        <source>Your contacts</source>
        <translation>Vos contacts</translation>
    </message>
    <message>
        <source>{crm}</source>
        <translation>{crm}</translation>
    </message>
    <message>
        <source>{number}</source>
        <translation>{number}</translation>
    </message>
    <message>
        <source>{number} of {name}</source>
        <translation>{number} de {name}</translation>
    </message>
    <message>
        <source>{number} of {name} does not exist, says the telephone system ({status})</source>
        <translation>{number} de {name} n’existe pas, dit le système téléphonique ({status})</translation>
    </message>
    <message>
        <source>{number} of {name}: belongs to somebody else</source>
        <translation>{number} de {name}&#xa0;: à quelqu’un d’autre</translation>
    </message>
    <message>
        <source>{number} of {name}: no longer in use</source>
        <translation>{number} de {name}&#xa0;: plus attribué</translation>
    </message>
    <message>
        <source>{number} of {name}: wrong number</source>
        <translation>{number} de {name}&#xa0;: numéro erroné</translation>
    </message>
    <message>
        <source>{number}: belongs to somebody else</source>
        <translation>{number}&#xa0;: à quelqu’un d’autre</translation>
    </message>
    <message>
        <source>{number}: no longer in use</source>
        <translation>{number}&#xa0;: plus attribué</translation>
    </message>
    <message>
        <source>{number}: wrong number</source>
        <translation>{number}&#xa0;: numéro erroné</translation>
    </message>
    <message>
        <source>{place}: being changed…</source>
        <translation>{place}&#xa0;: modification en cours…</translation>
    </message>
    <message>
        <source>{place}: cannot be changed from here</source>
        <translation>{place}&#xa0;: ne peut pas être modifié d’ici</translation>
    </message>
    <message>
        <source>{place}: changed</source>
        <translation>{place}&#xa0;: modifié</translation>
    </message>
    <message>
        <source>{place}: changed when it is read next</source>
        <translation>{place}&#xa0;: modifié à sa prochaine lecture</translation>
    </message>
    <message>
        <source>{place}: half done. {why}</source>
        <translation>{place}&#xa0;: à moitié fait. {why}</translation>
    </message>
    <message>
        <source>{place}: kept here, changed when it can be reached</source>
        <translation>{place}&#xa0;: conservé ici, modifié dès que possible</translation>
    </message>
    <message>
        <source>{place}: looking…</source>
        <translation>{place}&#xa0;: recherche…</translation>
    </message>
    <message>
        <source>{place}: nobody has this number</source>
        <translation>{place}&#xa0;: personne n’a ce numéro</translation>
    </message>
    <message>
        <source>{place}: not changed. {why}</source>
        <translation>{place}&#xa0;: pas modifié. {why}</translation>
    </message>
    <message>
        <source>{place}: will be changed</source>
        <translation>{place}&#xa0;: sera modifié</translation>
    </message>
    <message>
        <source>{place}: will be changed when you are signed in</source>
        <translation>{place}&#xa0;: sera modifié quand vous serez connecté</translation>
    </message>
    <message>
        <source>{what}: {words}</source>
        <translation>{what}&#xa0;: {words}</translation>
    </message>
</context>
<context>
    <name>NumberRow</name>
    <message>
        <source>%1 becomes %2</source>
        <translation>%1 devient %2</translation>
    </message>
    <message>
        <source>%1 goes to %2</source>
        <translation>%1 passe à %2</translation>
    </message>
    <message>
        <source>%1 is taken from %2</source>
        <translation>%1 est retiré à %2</translation>
    </message>
    <message>
        <source>Choose the contact first.</source>
        <translation>Choisissez d’abord le contact.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Contact that has this number</source>
        <translation>Contact qui a ce numéro</translation>
    </message>
    <message>
        <source>Contact whose number is wrong</source>
        <translation>Contact dont le numéro est faux</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Corriger</translation>
    </message>
    <message>
        <source>Give it to them</source>
        <translation>Le lui donner</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Laisser tel quel</translation>
    </message>
    <message>
        <source>Remove number</source>
        <translation>Retirer le numéro</translation>
    </message>
    <message>
        <source>Right number</source>
        <translation>Bon numéro</translation>
    </message>
    <message>
        <source>Right number in the place of %1</source>
        <translation>Bon numéro à la place de %1</translation>
    </message>
    <message>
        <source>Type the right number.</source>
        <translation>Saisissez le bon numéro.</translation>
    </message>
    <message>
        <source>Type who has it, and choose them.</source>
        <translation>Saisissez à qui il est, puis choisissez.</translation>
    </message>
    <message>
        <source>Who has it?</source>
        <translation>À qui est-il&#xa0;?</translation>
    </message>
    <message>
        <source>Whose number?</source>
        <translation>Numéro de qui&#xa0;?</translation>
    </message>
</context>
<context>
    <name>NumbersPage</name>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Fewest digits of an extension</source>
        <translation>Nombre minimal de chiffres d’un poste</translation>
    </message>
    <message>
        <source>Internal extensions</source>
        <translation>Postes internes</translation>
    </message>
    <message>
        <source>International callers come without “+”</source>
        <translation>Les appels de l’étranger arrivent sans «&#xa0;+&#xa0;»</translation>
    </message>
    <message>
        <source>Most digits of an extension</source>
        <translation>Nombre maximal de chiffres d’un poste</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Numéros</translation>
    </message>
    <message>
        <source>Numbers of this length belong to colleagues.</source>
        <translation>Les numéros de cette longueur sont ceux de collègues.</translation>
    </message>
    <message>
        <source>Only digits, * and # can be dialled first.</source>
        <translation>Seuls les chiffres, * et # peuvent être composés avant.</translation>
    </message>
    <message>
        <source>Only if numbers from abroad are shown as 33612345678 instead of +33612345678.</source>
        <translation>Seulement si les numéros étrangers s’affichent 33612345678 au lieu de +33612345678.</translation>
    </message>
    <message>
        <source>Outside line</source>
        <translation>Ligne extérieure</translation>
    </message>
    <message>
        <source>Set in the settings file: {pattern}</source>
        <translation>Défini dans le fichier de réglages&#xa0;: {pattern}</translation>
    </message>
    <message>
        <source>The first number of digits must not be greater than the second.</source>
        <translation>Le premier nombre de chiffres ne doit pas dépasser le second.</translation>
    </message>
    <message>
        <source>What you dial first to reach the outside, 0 for example. Empty if nothing.</source>
        <translation>Ce que vous composez pour sortir, 0 par exemple. Vide s’il n’y a rien.</translation>
    </message>
    <message>
        <source>digits</source>
        <translation>chiffres</translation>
    </message>
    <message>
        <source>from</source>
        <translation>de</translation>
    </message>
    <message>
        <source>to</source>
        <translation>à</translation>
    </message>
    <message>
        <source>{written} is understood as {meant}.</source>
        <translation>{written} est compris comme {meant}.</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>%1 asks you to call %2 instead.</source>
        <translation>%1 vous demande d’appeler plutôt %2.</translation>
    </message>
    <message>
        <source>Call %1</source>
        <translation>Appeler %1</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>Ne pas appeler</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
    <message>
        <source>Keep the call</source>
        <translation>Garder l’appel</translation>
    </message>
    <message>
        <source>Stay connected</source>
        <translation>Rester connecté</translation>
    </message>
    <message>
        <source>Stay in this call</source>
        <translation>Rester en ligne</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Désactiver</translation>
    </message>
</context>
<context>
    <name>OtherCallRow</name>
    <message>
        <source>Answer</source>
        <translation>Décrocher</translation>
    </message>
    <message>
        <source>Answer %1</source>
        <translation>Répondre à %1</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
    <message>
        <source>Talk to %1</source>
        <translation>Parler à %1</translation>
    </message>
    <message>
        <source>Talk to this one, hold the other</source>
        <translation>Parler à celui-ci, mettre l’autre en attente</translation>
    </message>
</context>
<context>
    <name>OutboxRow</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Change subject</source>
        <translation>Modifier l’objet</translation>
    </message>
    <message>
        <source>Correction of a number</source>
        <translation>Correction d’un numéro</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Discard for good</source>
        <translation>Abandonner pour de bon</translation>
    </message>
    <message>
        <source>It is being sent.</source>
        <translation>Envoi en cours.</translation>
    </message>
    <message>
        <source>Save and send</source>
        <translation>Enregistrer et envoyer</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Sign in at the CRM first.</source>
        <translation>Connectez-vous d’abord au CRM.</translation>
    </message>
    <message>
        <source>Subject of the call with %1</source>
        <translation>Objet de l’appel avec %1</translation>
    </message>
    <message>
        <source>The CRM is then never told of this call. Your history keeps it.</source>
        <translation>Le CRM ne saura alors rien de cet appel. Votre historique le garde.</translation>
    </message>
    <message>
        <source>The CRM then keeps the number it has.</source>
        <translation>Le CRM garde alors le numéro qu’il a.</translation>
    </message>
    <message>
        <source>no subject</source>
        <translation>sans objet</translation>
    </message>
</context>
<context>
    <name>OutboxWindow</name>
    <message>
        <source>And %1 more, which follow these.</source>
        <translation>Et %1 autres, qui suivront ceux-ci.</translation>
    </message>
    <message>
        <source>Calls that wait for the CRM</source>
        <translation>Appels en attente pour le CRM</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>Rien n’attend.</translation>
    </message>
    <message>
        <source>Nothing waits: the CRM knows everything.</source>
        <translation>Rien n’attend&#xa0;: le CRM sait tout.</translation>
    </message>
    <message>
        <source>Send all now</source>
        <translation>Tout envoyer</translation>
    </message>
    <message>
        <source>Sign in at the CRM</source>
        <translation>Se connecter au CRM</translation>
    </message>
    <message>
        <source>The CRM does not have this yet. It is kept on this computer until the CRM does.</source>
        <translation>Le CRM n’a pas encore ce qui suit. Tout est gardé sur cet ordinateur jusque-là.</translation>
    </message>
    <message>
        <source>You are signed out of the CRM. This is kept on this computer and goes out when you sign in.</source>
        <translation>Vous n’êtes pas connecté au CRM. Ce qui suit est gardé sur cet ordinateur et partira à votre connexion.</translation>
    </message>
</context>
<context>
    <name>PageMomentsSection</name>
    <message>
        <source>A page to choose. Empty: that of the contact which you chose.</source>
        <translation>Une page pour choisir. Vide&#xa0;: celle du contact que vous avez choisi.</translation>
    </message>
    <message>
        <source>A page to search or to add somebody. Empty: none.</source>
        <translation>Une page pour chercher ou ajouter quelqu’un. Vide&#xa0;: aucune.</translation>
    </message>
    <message>
        <source>Address: nobody</source>
        <translation>Adresse&#xa0;: personne</translation>
    </message>
    <message>
        <source>Address: one</source>
        <translation>Adresse&#xa0;: un seul</translation>
    </message>
    <message>
        <source>Address: several</source>
        <translation>Adresse&#xa0;: plusieurs</translation>
    </message>
    <message>
        <source>At the answer</source>
        <translation>Au décroché</translation>
    </message>
    <message>
        <source>At the ring</source>
        <translation>À la sonnerie</translation>
    </message>
    <message>
        <source>By button</source>
        <translation>Par bouton</translation>
    </message>
    <message>
        <source>By itself once for each call; never for a withheld number.</source>
        <translation>D’elle-même une fois par appel&#xa0;; jamais pour un numéro masqué.</translation>
    </message>
    <message>
        <source>Calls coming in</source>
        <translation>Appels reçus</translation>
    </message>
    <message>
        <source>Calls going out</source>
        <translation>Appels émis</translation>
    </message>
    <message>
        <source>Colleagues</source>
        <translation>Collègues</translation>
    </message>
    <message>
        <source>Computers beside the CRM&apos;s own that these addresses may lead to.</source>
        <translation>Ordinateurs, en plus de celui du CRM, où ces adresses peuvent mener.</translation>
    </message>
    <message>
        <source>Empty: the page of the record. Colleagues have a page only with an address here.</source>
        <translation>Vide&#xa0;: la page de la fiche. Les collègues n’ont de page qu’avec une adresse ici.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>One, for certain</source>
        <translation>Un seul, à coup sûr</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>Autres ordinateurs</translation>
    </message>
    <message>
        <source>Placeholders: {places}</source>
        <translation>Champs&#xa0;: {places}</translation>
    </message>
    <message>
        <source>Several, or unsure</source>
        <translation>Plusieurs, ou incertain</translation>
    </message>
    <message>
        <source>Which page opens when</source>
        <translation>Quelle page s’ouvre quand</translation>
    </message>
</context>
<context>
    <name>PairingLine</name>
    <message>
        <source>%1 wants to be connected with this toolbar. If you asked for it, type this code there: %2</source>
        <translation>%1 demande à se connecter à cette barre. Si c’est vous qui l’avez demandé, saisissez-y ce code&#xa0;: %2</translation>
    </message>
    <message>
        <source>(%1 s)</source>
        <translation>(%1&#xa0;s)</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Refuser</translation>
    </message>
</context>
<context>
    <name>PasswordPrompt</name>
    <message>
        <source>Connect</source>
        <translation>Connecter</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keyring where there is one, else until you quit.</source>
        <translation>Il est gardé dans le coffre de cet ordinateur s’il y en a un, sinon jusqu’à la fermeture.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>Password of extension {extension} at {server}</source>
        <translation>Mot de passe du poste {extension} sur {server}</translation>
    </message>
    <message>
        <source>Password of the telephone</source>
        <translation>Mot de passe du téléphone</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>Busy</source>
        <translation>Occupé</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libre</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Sonne</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>Lost: %1 %   Jitter: %2 ms   Round trip: %3 ms</source>
        <translation>Pertes&#xa0;: %1&#xa0;%   Gigue&#xa0;: %2&#xa0;ms   Aller-retour&#xa0;: %3&#xa0;ms</translation>
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
    <name>QueueSection</name>
    <message>
        <source>A short code is called for each change, as on a desk telephone.</source>
        <translation>Un code court est composé à chaque changement, comme sur un poste de bureau.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>An address looks like https://pbx.example.com.</source>
        <translation>Une adresse ressemble à https://pbx.example.com.</translation>
    </message>
    <message>
        <source>An extension whose lamp tells a pause, also one that a supervisor set. Empty for none.</source>
        <translation>Un poste dont la touche lumineuse indique une pause, même posée par un superviseur. Vide s’il n’y en a pas.</translation>
    </message>
    <message>
        <source>CTI also logs in at the queues, and out again</source>
        <translation>La CTI ouvre aussi la session dans les files d’attente, et la ferme</translation>
    </message>
    <message>
        <source>Code for a pause</source>
        <translation>Code de pause</translation>
    </message>
    <message>
        <source>Code for ready</source>
        <translation>Code de reprise</translation>
    </message>
    <message>
        <source>Code to log in</source>
        <translation>Code d’ouverture de session</translation>
    </message>
    <message>
        <source>Code to log out</source>
        <translation>Code de fermeture de session</translation>
    </message>
    <message>
        <source>Codes of our own</source>
        <translation>Nos propres codes</translation>
    </message>
    <message>
        <source>Dialled codes</source>
        <translation>Codes composés</translation>
    </message>
    <message>
        <source>Fills every code that is empty below.</source>
        <translation>Complète chaque code laissé vide ci-dessous.</translation>
    </message>
    <message>
        <source>Further values</source>
        <translation>Autres valeurs</translation>
    </message>
    <message>
        <source>How the queue is told</source>
        <translation>Comment la file d’attente est informée</translation>
    </message>
    <message>
        <source>Kept in the keyring.</source>
        <translation>Gardé dans le coffre à mots de passe.</translation>
    </message>
    <message>
        <source>Lamp to watch</source>
        <translation>Touche à surveiller</translation>
    </message>
    <message>
        <source>Needed, because one code switches both ways: only the lamp tells which.</source>
        <translation>Nécessaire, car un même code bascule dans les deux sens&#xa0;: seule la touche lumineuse dit lequel.</translation>
    </message>
    <message>
        <source>No user and no password in the address; they have fields of their own.</source>
        <translation>Ni utilisateur ni mot de passe dans l’adresse&#xa0;: ils ont leurs propres champs.</translation>
    </message>
    <message>
        <source>Not in force yet. Until everything is filled in, it stays “{way}”.</source>
        <translation>Pas encore en vigueur. Tant que tout n’est pas rempli, cela reste «&#xa0;{way}&#xa0;».</translation>
    </message>
    <message>
        <source>Not saved yet: until this is put right, everything stays as it was.</source>
        <translation>Pas encore enregistré&#xa0;: jusqu’à correction, tout reste comme avant.</translation>
    </message>
    <message>
        <source>Nothing would tell this code from the one to log in.</source>
        <translation>Rien ne distinguerait ce code de celui d’ouverture de session.</translation>
    </message>
    <message>
        <source>Only https: a password would travel in the clear.</source>
        <translation>Seulement https&#xa0;: un mot de passe circulerait en clair.</translation>
    </message>
    <message>
        <source>Only if the service asks for more: name=value, several separated by commas.</source>
        <translation>Seulement si le service en demande plus&#xa0;: nom=valeur, séparés par des virgules.</translation>
    </message>
    <message>
        <source>Only letters, digits, “-” and “_” can stand here.</source>
        <translation>Seuls des lettres, des chiffres, «&#xa0;-&#xa0;» et «&#xa0;_&#xa0;» peuvent figurer ici.</translation>
    </message>
    <message>
        <source>Only to set a new one. It is kept in the keyring, never in a file.</source>
        <translation>Seulement pour en poser un nouveau. Il est gardé dans le coffre à mots de passe, jamais dans un fichier.</translation>
    </message>
    <message>
        <source>Orders go to</source>
        <translation>Destinataire des ordres</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Phone only</source>
        <translation>Ce poste seulement</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>File d’attente</translation>
    </message>
    <message>
        <source>SIP messages</source>
        <translation>Messages SIP</translation>
    </message>
    <message>
        <source>Say the address and the user first; the password is kept for them.</source>
        <translation>Indiquez d’abord l’adresse et l’utilisateur&#xa0;: le mot de passe est gardé pour eux.</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Telephone system</source>
        <translation>Système téléphonique</translation>
    </message>
    <message>
        <source>The name before the @, “ctl” for example.</source>
        <translation>Le nom avant le @, «&#xa0;ctl&#xa0;» par exemple.</translation>
    </message>
    <message>
        <source>The queue is told over the telephone&apos;s own connection; the dialplan needs a few lines for it.</source>
        <translation>La file d’attente est informée par la connexion du poste&#xa0;; le plan de numérotation a besoin de quelques lignes.</translation>
    </message>
    <message>
        <source>The telephone system is told over HTTPS, with a user and password for it.</source>
        <translation>Le système téléphonique est informé par HTTPS, avec un utilisateur et un mot de passe.</translation>
    </message>
    <message>
        <source>This cannot be dialled. Letters, digits, * # + . _ - can stand here, and {places}.</source>
        <translation>Cela ne peut pas être composé. Seuls des lettres, des chiffres, * # + . _ - peuvent figurer ici, ainsi que {places}.</translation>
    </message>
    <message>
        <source>This computer has no keyring: the password is kept until you quit.</source>
        <translation>Cet ordinateur n’a pas de coffre à mots de passe&#xa0;: le mot de passe est gardé jusqu’à ce que vous quittiez.</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Ceci est nécessaire.</translation>
    </message>
    <message>
        <source>This telephone refuses calls while you are not ready. The queue does not know.</source>
        <translation>Ce poste refuse les appels tant que vous êtes indisponible. La file d’attente ne le sait pas.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Web service (REST)</source>
        <translation>Service web (REST)</translation>
    </message>
    <message>
        <source>What {queue} stands for.</source>
        <translation>Ce que {queue} représente.</translation>
    </message>
    <message>
        <source>Write name=value, several separated by commas.</source>
        <translation>Écrivez nom=valeur, séparés par des virgules.</translation>
    </message>
    <message>
        <source>{extension}, {queue} and {reason} are filled in.</source>
        <translation>{extension}, {queue} et {reason} sont remplacés.</translation>
    </message>
    <message>
        <source>“wazo”, “kazoo”, or the path of a file that describes the service.</source>
        <translation>«&#xa0;wazo&#xa0;», «&#xa0;kazoo&#xa0;», ou le chemin d’un fichier qui décrit le service.</translation>
    </message>
</context>
<context>
    <name>QueueState</name>
    <message>
        <source>logged out</source>
        <translation>déconnecté des files d’attente</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>indisponible</translation>
    </message>
    <message>
        <source>ready for calls</source>
        <translation>disponible</translation>
    </message>
</context>
<context>
    <name>ReadySection</name>
    <message>
        <source> min</source>
        <translation>&#xa0;min</translation>
    </message>
    <message>
        <source> s</source>
        <translation>&#xa0;s</translation>
    </message>
    <message>
        <source>A night is one shift: 22:00 to 06:00 belongs to the day on which it begins.</source>
        <translation>Une nuit est une seule tranche&#xa0;: 22:00 à 06:00 appartient au jour où elle commence.</translation>
    </message>
    <message>
        <source>After so long without keyboard and mouse the toolbar asks “Are you still there?”.</source>
        <translation>Après ce temps sans clavier ni souris, la barre demande «&#xa0;Êtes-vous toujours là&#xa0;?&#xa0;».</translation>
    </message>
    <message>
        <source>Ask when idle</source>
        <translation>Demander en cas d’inactivité</translation>
    </message>
    <message>
        <source>Begin and end are the same: no time would be left.</source>
        <translation>Le début et la fin sont identiques&#xa0;: il ne resterait aucun temps.</translation>
    </message>
    <message>
        <source>CTI goes on at</source>
        <translation>La CTI s’active à</translation>
    </message>
    <message>
        <source>Choose a reason of the list below that needs no note.</source>
        <translation>Choisissez un motif de la liste ci-dessous qui ne demande pas de précision.</translation>
    </message>
    <message>
        <source>Choose at least one day.</source>
        <translation>Choisissez au moins un jour.</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Jours</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Heures</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Otherwise the agent begins as not ready.</source>
        <translation>Sinon, l’agent commence indisponible.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <source>Ready as soon as CTI is on</source>
        <translation>Disponible dès que la CTI est activée</translation>
    </message>
    <message>
        <source>Reason when nobody answers</source>
        <translation>Motif si personne ne répond</translation>
    </message>
    <message>
        <source>Set when nobody answers.</source>
        <translation>Posé si personne ne répond.</translation>
    </message>
    <message>
        <source>Switch CTI on at these hours</source>
        <translation>Activer la CTI à ces heures</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Ensuite</translation>
    </message>
    <message>
        <source>Time to answer</source>
        <translation>Temps pour répondre</translation>
    </message>
    <message>
        <source>Until when CTI goes on by itself</source>
        <translation>Jusqu’à quand la CTI s’active d’elle-même</translation>
    </message>
    <message>
        <source>from</source>
        <translation>de</translation>
    </message>
    <message>
        <source>to</source>
        <translation>à</translation>
    </message>
</context>
<context>
    <name>ReasonNoteRow</name>
    <message>
        <source>Become not ready</source>
        <translation>Passer indisponible</translation>
    </message>
    <message>
        <source>Close, your state stays</source>
        <translation>Fermer, votre état ne change pas</translation>
    </message>
    <message>
        <source>Not ready: %1</source>
        <translation>Indisponible&#xa0;: %1</translation>
    </message>
    <message>
        <source>Say in a few words what for</source>
        <translation>Précisez en quelques mots</translation>
    </message>
    <message>
        <source>What you are not ready for</source>
        <translation>Motif de votre indisponibilité</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>A call is just being handed over. Finish that first.</source>
        <translation>Un transfert est en cours. Terminez-le d’abord.</translation>
    </message>
    <message>
        <source>All four lines are in use. Hang up one call first.</source>
        <translation>Les quatre lignes sont occupées. Raccrochez d’abord un appel.</translation>
    </message>
    <message>
        <source>CTI is off. Switch it on to make and take calls.</source>
        <translation>La CTI est désactivée. Activez-la pour passer et recevoir des appels.</translation>
    </message>
    <message>
        <source>It is too late to undo, but you can still take the call back.</source>
        <translation>Trop tard pour annuler, mais vous pouvez encore reprendre l’appel.</translation>
    </message>
    <message>
        <source>No call is ringing.</source>
        <translation>Aucun appel ne sonne.</translation>
    </message>
    <message>
        <source>Nobody asked to be called elsewhere.</source>
        <translation>Personne n’a demandé à être appelé ailleurs.</translation>
    </message>
    <message>
        <source>Nothing is being handed over, so there is nothing to undo.</source>
        <translation>Aucun transfert en cours, donc rien à annuler.</translation>
    </message>
    <message>
        <source>The call is being reconnected. One moment.</source>
        <translation>La reconnexion de l’appel est en cours. Un instant.</translation>
    </message>
    <message>
        <source>The call is in a conference, where everybody hears everybody.</source>
        <translation>L’appel est en conférence, où tout le monde s’entend.</translation>
    </message>
    <message>
        <source>The call is not connected yet.</source>
        <translation>L’appel n’est pas encore établi.</translation>
    </message>
    <message>
        <source>The call is not in a conference.</source>
        <translation>L’appel n’est pas en conférence.</translation>
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
        <source>This needs two connected calls.</source>
        <translation>Il faut pour cela deux appels en cours.</translation>
    </message>
    <message>
        <source>You are not asking anybody about a call now.</source>
        <translation>Vous ne consultez personne en ce moment.</translation>
    </message>
    <message>
        <source>Your colleague has not answered yet.</source>
        <translation>Votre collègue n’a pas encore décroché.</translation>
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
        <translation>Désactivée</translation>
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
        <source>Become ready</source>
        <translation>Passer disponible</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Choose device</source>
        <translation>Choisir un appareil</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Enter key</source>
        <translation>Saisir la clé</translation>
    </message>
    <message>
        <source>Enter password</source>
        <translation>Saisir le mot de passe</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Leave it so</source>
        <translation>Garder ainsi</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Ouvrir les réglages</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>Set mine again</source>
        <translation>Rétablir le mien</translation>
    </message>
    <message>
        <source>Set up telephone</source>
        <translation>Configurer le téléphone</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Les voir</translation>
    </message>
    <message>
        <source>Sign in now</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Switch CTI on</source>
        <translation>Activer la CTI</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>SelectionCall</name>
    <message>
        <source>Call the selected text</source>
        <translation>Appeler le texte sélectionné</translation>
    </message>
</context>
<context>
    <name>SelectionSection</name>
    <message>
        <source>Another program has {keys}. Take other keys, or close that program and try again.</source>
        <translation>Un autre programme utilise {keys}. Prenez d’autres touches, ou fermez ce programme et réessayez.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Touche</translation>
    </message>
    <message>
        <source>Key that calls the selected text</source>
        <translation>Touche qui appelle le texte sélectionné</translation>
    </message>
    <message>
        <source>No key: “Call the selected text” is in the menu of the toolbar and of its icon.</source>
        <translation>Aucune touche&#xa0;: «&#xa0;Appeler le texte sélectionné&#xa0;» se trouve dans le menu de la barre et dans celui de son icône.</translation>
    </message>
    <message>
        <source>Not possible here: the library libxcb (on Wayland: jeepney) is not installed.</source>
        <translation>Impossible ici&#xa0;: la bibliothèque libxcb (sous Wayland&#xa0;: jeepney) n’est pas installée.</translation>
    </message>
    <message>
        <source>Not possible here: there is no desktop that could give the toolbar a key.</source>
        <translation>Impossible ici&#xa0;: il n’y a pas de bureau qui puisse donner une touche à la barre.</translation>
    </message>
    <message>
        <source>Not possible here: this Wayland desktop gives programs no keys. In its own keyboard settings, give a key to the command “{command}”.</source>
        <translation>Impossible ici&#xa0;: ce bureau Wayland ne donne pas de touches aux programmes. Dans ses propres réglages du clavier, attribuez une touche à la commande «&#xa0;{command}&#xa0;».</translation>
    </message>
    <message>
        <source>Other programs need this key. Hold two of Ctrl, Alt and Shift, or take a function key.</source>
        <translation>D’autres programmes ont besoin de cette touche. Ajoutez deux touches parmi Ctrl, Alt et Maj, ou prenez une touche de fonction.</translation>
    </message>
    <message>
        <source>Selected text</source>
        <translation>Texte sélectionné</translation>
    </message>
    <message>
        <source>The system refuses this key and does not say why. Take another one.</source>
        <translation>Le système refuse cette touche sans dire pourquoi. Prenez-en une autre.</translation>
    </message>
    <message>
        <source>This key cannot be used. Take a letter, a digit or a function key.</source>
        <translation>Cette touche ne convient pas. Prenez une lettre, un chiffre ou une touche de fonction.</translation>
    </message>
    <message>
        <source>This keyboard has no key {keys}. Take another one.</source>
        <translation>Ce clavier n’a pas la touche {keys}. Prenez-en une autre.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Works in every program. Your desktop calls the key “{keys}”.</source>
        <translation>Fonctionne dans tous les programmes. Votre bureau nomme la touche «&#xa0;{keys}&#xa0;».</translation>
    </message>
    <message>
        <source>Works in every program: select a number, press the key, and the toolbar asks before it calls.</source>
        <translation>Fonctionne dans tous les programmes&#xa0;: sélectionnez un numéro, appuyez sur la touche, et la barre demande avant d’appeler.</translation>
    </message>
    <message>
        <source>Your desktop asks whether the toolbar may have this key. Answer its question.</source>
        <translation>Votre bureau demande si la barre peut prendre cette touche. Répondez à sa question.</translation>
    </message>
    <message>
        <source>Your desktop has given the toolbar no key. Try again, and agree when it asks.</source>
        <translation>Votre bureau n’a donné aucune touche à la barre. Réessayez, et acceptez quand il le demande.</translation>
    </message>
    <message>
        <source>{keys} is used for “{action}” already. Take other keys, or change those first.</source>
        <translation>{keys} sert déjà à «&#xa0;{action}&#xa0;». Prenez d’autres touches, ou changez d’abord celles-là.</translation>
    </message>
    <message>
        <source>{keys} works in every program.</source>
        <translation>{keys} fonctionne dans tous les programmes.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>CRM</source>
        <translation>CRM</translation>
    </message>
    <message>
        <source>Colleagues</source>
        <translation>Collègues</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Annuaires</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Liens</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Numéros</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Pages of the CRM</source>
        <translation>Pages du CRM</translation>
    </message>
    <message>
        <source>Ready and wrap-up</source>
        <translation>Disponibilité et fiches</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Set by your administrator.</source>
        <translation>Fixé par votre administrateur.</translation>
    </message>
</context>
<context>
    <name>Shortcut</name>
    <message>
        <source>Answer</source>
        <translation>Décrocher</translation>
    </message>
    <message>
        <source>Ask a colleague first</source>
        <translation>Consulter un collègue</translation>
    </message>
    <message>
        <source>Back to the customer</source>
        <translation>Reprendre le client</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Conférence</translation>
    </message>
    <message>
        <source>Dial field</source>
        <translation>Champ d’appel</translation>
    </message>
    <message>
        <source>Finish the record of a call</source>
        <translation>Terminer la fiche d’un appel</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>Hand over after asking</source>
        <translation>Transférer après consultation</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Clavier</translation>
    </message>
    <message>
        <source>Mute or unmute</source>
        <translation>Couper ou rétablir le micro</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Put on hold or resume</source>
        <translation>Mettre en attente ou reprendre</translation>
    </message>
    <message>
        <source>Ready or not ready</source>
        <translation>Disponible ou indisponible</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Talk to the other one</source>
        <translation>Alterner</translation>
    </message>
    <message>
        <source>Why am I not getting calls?</source>
        <translation>Pourquoi n’ai-je pas d’appels&#xa0;?</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Back to the usual keys</source>
        <translation>Revenir aux touches habituelles</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>They work while the toolbar has the keyboard. Click, then press the keys.</source>
        <translation>Ils agissent quand la barre a le clavier. Cliquez, puis appuyez sur les touches.</translation>
    </message>
    <message>
        <source>This key is needed for typing. Hold Ctrl or Alt with it, or take a function key.</source>
        <translation>Cette touche sert à écrire. Ajoutez Ctrl ou Alt, ou prenez une touche de fonction.</translation>
    </message>
    <message>
        <source>{keys} calls the selected text in every program. Take other keys, or change that one.</source>
        <translation>{keys} appelle le texte sélectionné dans tous les programmes. Prenez d’autres touches, ou changez celle-là.</translation>
    </message>
    <message>
        <source>{keys} is used for “{action}” already. Take other keys, or change those first.</source>
        <translation>{keys} sert déjà à «&#xa0;{action}&#xa0;». Prenez d’autres touches, ou changez d’abord celles-là.</translation>
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
<context>
    <name>SoundPage</name>
    <message>
        <source>Chosen device</source>
        <translation>Appareil choisi</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Device: {role}</source>
        <translation>Appareil&#xa0;: {role}</translation>
    </message>
    <message>
        <source>Did you hear yourself? Good. If not, choose another device above and test again.</source>
        <translation>Vous vous êtes entendu&#xa0;? Parfait. Sinon, choisissez un autre appareil ci-dessus et recommencez.</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Follow the system ({device})</source>
        <translation>Comme le système ({device})</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Loudness of your microphone</source>
        <translation>Niveau de votre micro</translation>
    </message>
    <message>
        <source>Loudness of your speaker</source>
        <translation>Niveau de votre haut-parleur</translation>
    </message>
    <message>
        <source>Playing: this is how you sound…</source>
        <translation>Lecture&#xa0;: voilà comment on vous entend…</translation>
    </message>
    <message>
        <source>Record and play back</source>
        <translation>Enregistrer et réécouter</translation>
    </message>
    <message>
        <source>Recording: speak now…</source>
        <translation>Enregistrement&#xa0;: parlez maintenant…</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Speak for three seconds, then hear yourself as a customer would.</source>
        <translation>Parlez trois secondes, puis écoutez-vous comme un client vous entendrait.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Essai</translation>
    </message>
    <message>
        <source>The test waits until your call is over.</source>
        <translation>L’essai attend la fin de votre appel.</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Volume: {role}</source>
        <translation>Volume&#xa0;: {role}</translation>
    </message>
    <message>
        <source>{device} (not plugged in)</source>
        <translation>{device} (non branché)</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>Back again: you had handed over this call</source>
        <translation>De retour&#xa0;: vous aviez transféré cet appel</translation>
    </message>
    <message>
        <source>Back from {who}</source>
        <translation>De retour du poste {who}</translation>
    </message>
    <message>
        <source>From {who}</source>
        <translation>Transféré par {who}</translation>
    </message>
    <message>
        <source>Probably back from {who}</source>
        <translation>Sans doute de retour du poste {who}</translation>
    </message>
    <message>
        <source>Probably from {who}</source>
        <translation>Sans doute transféré par {who}</translation>
    </message>
    <message>
        <source>got the call back</source>
        <translation>a repris l’appel</translation>
    </message>
    <message>
        <source>had the call</source>
        <translation>avait l’appel</translation>
    </message>
    <message>
        <source>made the call</source>
        <translation>a appelé</translation>
    </message>
    <message>
        <source>took over after a consultation</source>
        <translation>a pris la suite après consultation</translation>
    </message>
    <message>
        <source>took the call</source>
        <translation>a pris l’appel</translation>
    </message>
    <message>
        <source>was handed the call</source>
        <translation>a reçu l’appel par transfert</translation>
    </message>
    <message>
        <source>was sent the call</source>
        <translation>a reçu l’appel renvoyé</translation>
    </message>
    <message>
        <source>{time} {who}: {why}</source>
        <translation>{time} {who}&#xa0;: {why}</translation>
    </message>
    <message>
        <source>“{note}”</source>
        <translation>«&#xa0;{note}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>StoryStoreSection</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>All who use it need the right to write there.</source>
        <translation>Toutes les personnes qui l’utilisent doivent pouvoir y écrire.</translation>
    </message>
    <message>
        <source>An address looks like postgresql+psycopg://user@db.example.com/toolbar.</source>
        <translation>Une adresse s’écrit comme postgresql+psycopg://utilisateur@db.example.com/toolbar.</translation>
    </message>
    <message>
        <source>Being tried…</source>
        <translation>Essai en cours…</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Choisir un dossier…</translation>
    </message>
    <message>
        <source>Choose the shared folder</source>
        <translation>Choisir le dossier partagé</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>File of the notes</source>
        <translation>Fichier des notes</translation>
    </message>
    <message>
        <source>In a PostgreSQL database</source>
        <translation>Dans une base PostgreSQL</translation>
    </message>
    <message>
        <source>In a file of a shared folder</source>
        <translation>Dans un fichier d’un dossier partagé</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keyring where there is one, else until you quit.</source>
        <translation>Gardé dans le coffre de cet ordinateur s’il en a un, sinon jusqu’à ce que vous quittiez.</translation>
    </message>
    <message>
        <source>Name the user in the address first; the password is kept for that user.</source>
        <translation>Indiquez d’abord l’utilisateur dans l’adresse&#xa0;; le mot de passe est gardé pour lui.</translation>
    </message>
    <message>
        <source>No password in the address; it has a field of its own.</source>
        <translation>Pas de mot de passe dans l’adresse&#xa0;; il a son propre champ.</translation>
    </message>
    <message>
        <source>Not saved yet. Until then, it stays “{place}”.</source>
        <translation>Pas encore enregistré. D’ici là, cela reste «&#xa0;{place}&#xa0;».</translation>
    </message>
    <message>
        <source>Notes that go along with a call</source>
        <translation>Notes qui accompagnent un appel</translation>
    </message>
    <message>
        <source>On this computer only</source>
        <translation>Sur cet ordinateur seulement</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Emplacement</translation>
    </message>
    <message>
        <source>Place of the notes</source>
        <translation>Emplacement des notes</translation>
    </message>
    <message>
        <source>Save and try</source>
        <translation>Enregistrer et essayer</translation>
    </message>
    <message>
        <source>The whole path is needed, as in {example}.</source>
        <translation>Il faut le chemin complet, comme {example}.</translation>
    </message>
    <message>
        <source>This computer has no keyring: the password is kept until you quit.</source>
        <translation>Cet ordinateur n’a pas de coffre à mots de passe&#xa0;: le mot de passe est gardé jusqu’à ce que vous quittiez.</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Ceci est nécessaire.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangé</translation>
    </message>
    <message>
        <source>User, server and database; the password has a field of its own.</source>
        <translation>Utilisateur, serveur et base&#xa0;; le mot de passe a son propre champ.</translation>
    </message>
    <message>
        <source>What you note travels to a colleague only where both use the same place.</source>
        <translation>Vos notes n’arrivent chez un collègue que si vous utilisez tous deux le même emplacement.</translation>
    </message>
    <message>
        <source>Works now: notes are written and read here ({place}).</source>
        <translation>Fonctionne en ce moment&#xa0;: les notes sont écrites et lues ici ({place}).</translation>
    </message>
    <message>
        <source>Works. Colleagues do not see these notes.</source>
        <translation>Fonctionne. Les collègues ne voient pas ces notes.</translation>
    </message>
</context>
<context>
    <name>TargetChooser</name>
    <message>
        <source>Always put %1 first</source>
        <translation>Toujours placer %1 en tête</translation>
    </message>
    <message>
        <source>Ask %1 first</source>
        <translation>Consulter %1 d’abord</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>Consulter d’abord</translation>
    </message>
    <message>
        <source>Choose a colleague, or type a name or a number first.</source>
        <translation>Choisissez d’abord un collègue, ou tapez un nom ou un numéro.</translation>
    </message>
    <message>
        <source>Close, nothing is handed over</source>
        <translation>Fermer sans rien transférer</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Hand %1 over to</source>
        <translation>Transférer %1 à</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>Hand over to %1</source>
        <translation>Transférer à %1</translation>
    </message>
    <message>
        <source>Neither a colleague nor a number fits what is typed.</source>
        <translation>Ni collègue ni numéro ne correspond à cette saisie.</translation>
    </message>
    <message>
        <source>Put %1 first no longer</source>
        <translation>Ne plus placer %1 en tête</translation>
    </message>
    <message>
        <source>Send %1 to</source>
        <translation>Renvoyer %1 à</translation>
    </message>
    <message>
        <source>Send on</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>Send to %1</source>
        <translation>Renvoyer à %1</translation>
    </message>
</context>
<context>
    <name>TargetField</name>
    <message>
        <source>Colleague, name or number</source>
        <translation>Collègue, nom ou numéro</translation>
    </message>
    <message>
        <source>To whom: colleague, name or number</source>
        <translation>À qui&#xa0;: collègue, nom ou numéro</translation>
    </message>
    <message>
        <source>Where the call would go</source>
        <translation>Où irait l’appel</translation>
    </message>
</context>
<context>
    <name>TelephonePage</name>
    <message>
        <source>As messages (SIP INFO)</source>
        <translation>Par messages (SIP INFO)</translation>
    </message>
    <message>
        <source>Ask me when the other side wants to be called elsewhere</source>
        <translation>Me demander quand l’autre côté veut être appelé ailleurs</translation>
    </message>
    <message>
        <source>Believe the caller&apos;s number that the telephone system asserts</source>
        <translation>Croire le numéro d’appelant que garantit le système téléphonique</translation>
    </message>
    <message>
        <source>Change this only if menus of other companies do not hear your keys.</source>
        <translation>À changer seulement si les serveurs vocaux n’entendent pas vos touches.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>If it does not, “Send to…” declines the call, and the telephone system goes on by itself.</source>
        <translation>Sinon, «&#xa0;Renvoyer à…&#xa0;» refuse l’appel, et le système téléphonique continue de lui-même.</translation>
    </message>
    <message>
        <source>In the sound stream (RFC 4733)</source>
        <translation>Dans le flux audio (RFC 4733)</translation>
    </message>
    <message>
        <source>Keypad tones</source>
        <translation>Touches du clavier</translation>
    </message>
    <message>
        <source>Otherwise such a request (REFER) is refused. Your call is never moved without you.</source>
        <translation>Sinon, une telle demande (REFER) est refusée. Votre appel n’est jamais déplacé sans vous.</translation>
    </message>
    <message>
        <source>Right for your company&apos;s own telephone system; wrong for a line that strangers can reach.</source>
        <translation>Convient au système de votre entreprise&#xa0;; à éviter sur une ligne ouverte à des inconnus.</translation>
    </message>
    <message>
        <source>Save and connect</source>
        <translation>Enregistrer et connecter</translation>
    </message>
    <message>
        <source>Sound formats</source>
        <translation>Formats audio</translation>
    </message>
    <message>
        <source>Switch CTI on when the toolbar starts</source>
        <translation>Activer la CTI au démarrage de la barre</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>The first one that both sides know is used.</source>
        <translation>Le premier que les deux côtés connaissent est utilisé.</translation>
    </message>
    <message>
        <source>The telephone system follows “Send to…” on a ringing call</source>
        <translation>Le système téléphonique suit «&#xa0;Renvoyer à…&#xa0;» sur un appel qui sonne</translation>
    </message>
    <message>
        <source>This computer has no keyring: the password is kept until you quit, then asked again.</source>
        <translation>Cet ordinateur n’a pas de coffre à mots de passe&#xa0;: le vôtre est gardé jusqu’à la fermeture, puis redemandé.</translation>
    </message>
</context>
<context>
    <name>ToolbarWindow</name>
    <message>
        <source>A call is up. Quitting ends it.</source>
        <translation>Un appel est en cours. Quitter y met fin.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>Calling {target}… {Customer} is on hold.</source>
        <translation>Appel vers {target}… {Customer} est en attente.</translation>
    </message>
    <message>
        <source>Connecting {customer} with {target}…</source>
        <translation>Mise en relation&#xa0;: {customer} et {target}…</translation>
    </message>
    <message>
        <source>Handing over did not succeed.</source>
        <translation>Le transfert n’a pas abouti.</translation>
    </message>
    <message>
        <source>Handing {customer} over to {target} in {seconds} s</source>
        <translation>Vous transférez {customer} à {target} dans {seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>Handing {customer} over to {target}…</source>
        <translation>Vous transférez {customer} à {target}…</translation>
    </message>
    <message>
        <source>Nothing was handed over.</source>
        <translation>Rien n’a été transféré.</translation>
    </message>
    <message>
        <source>Ringing at {target}…</source>
        <translation>Sonnerie chez {target}…</translation>
    </message>
    <message>
        <source>Ringing at {target}… {Customer} is on hold.</source>
        <translation>Sonnerie chez {target}… {Customer} est en attente.</translation>
    </message>
    <message>
        <source>Taking {customer} back…</source>
        <translation>Vous reprenez {customer}…</translation>
    </message>
    <message>
        <source>The telephone part had stopped.</source>
        <translation>La partie téléphonie s’était arrêtée.</translation>
    </message>
    <message>
        <source>The telephone system cannot hand over calls.</source>
        <translation>Le système téléphonique ne sait pas transférer les appels.</translation>
    </message>
    <message>
        <source>The telephone system did not say what became of the handover.</source>
        <translation>Le système téléphonique n’a pas dit ce qu’est devenu le transfert.</translation>
    </message>
    <message>
        <source>The telephone system does not know {target}.</source>
        <translation>Le système téléphonique ne connaît pas {target}.</translation>
    </message>
    <message>
        <source>The telephone system refused to hand over.</source>
        <translation>Le système téléphonique a refusé le transfert.</translation>
    </message>
    <message>
        <source>You are all three in a conference.</source>
        <translation>Vous êtes tous les trois en conférence.</translation>
    </message>
    <message>
        <source>You are talking to {customer} again.</source>
        <translation>Vous parlez de nouveau avec {customer}.</translation>
    </message>
    <message>
        <source>You are talking to {customer}. {person} is on hold.</source>
        <translation>Vous parlez avec {customer}. {person} est en attente.</translation>
    </message>
    <message>
        <source>You are talking to {person}.</source>
        <translation>Vous parlez avec {person}.</translation>
    </message>
    <message>
        <source>You are talking to {person}. {Customer} is on hold.</source>
        <translation>Vous parlez avec {person}. {Customer} est en attente.</translation>
    </message>
    <message>
        <source>You ended the call with {customer}.</source>
        <translation>Vous avez terminé l’appel avec {customer}.</translation>
    </message>
    <message>
        <source>You handed {customer} over to {target}.</source>
        <translation>Vous avez transféré {customer} à {target}.</translation>
    </message>
    <message>
        <source>You handed {customer} over to {target}. The telephone system did not say whether somebody answered.</source>
        <translation>Vous avez transféré {customer} à {target}. Le système téléphonique n’a pas dit si quelqu’un a décroché.</translation>
    </message>
    <message>
        <source>You took {customer} back.</source>
        <translation>Vous avez repris {customer}.</translation>
    </message>
    <message>
        <source>You, {customer} and {person} hear each other.</source>
        <translation>Vous vous entendez tous les trois&#xa0;: {customer}, {person} et vous.</translation>
    </message>
    <message>
        <source>the customer</source>
        <translation>le client</translation>
    </message>
    <message>
        <source>{Customer} came back from {target}.</source>
        <translation>{Customer} revient après le transfert à {target}.</translation>
    </message>
    <message>
        <source>{Customer} has hung up.</source>
        <translation>{Customer} a raccroché.</translation>
    </message>
    <message>
        <source>{Customer} is on hold.</source>
        <translation>{Customer} est en attente.</translation>
    </message>
    <message>
        <source>{person} cannot be reached.</source>
        <translation>{person} est injoignable.</translation>
    </message>
    <message>
        <source>{person} declined.</source>
        <translation>{person} a refusé l’appel.</translation>
    </message>
    <message>
        <source>{person} did not answer.</source>
        <translation>{person} n’a pas répondu.</translation>
    </message>
    <message>
        <source>{person} has hung up.</source>
        <translation>{person} a raccroché.</translation>
    </message>
    <message>
        <source>{person} is busy.</source>
        <translation>{person} est déjà en ligne.</translation>
    </message>
    <message>
        <source>{target} has answered. Handing over…</source>
        <translation>{target} a décroché. Transfert…</translation>
    </message>
</context>
<context>
    <name>TransferCourse</name>
    <message>
        <source>Back to %1</source>
        <translation>Reprendre %1</translation>
    </message>
    <message>
        <source>Close this line</source>
        <translation>Fermer cette ligne</translation>
    </message>
    <message>
        <source>Close this line; the handover goes on</source>
        <translation>Fermer cette ligne&#xa0;; le transfert continue</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Conférence</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>Hand over and leave</source>
        <translation>Transférer et quitter</translation>
    </message>
    <message>
        <source>Hand over now</source>
        <translation>Transférer maintenant</translation>
    </message>
    <message>
        <source>Hand over to somebody else</source>
        <translation>Transférer à quelqu’un d’autre</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Tout de suite</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Alterner</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Answer</source>
        <translation>Décrocher</translation>
    </message>
    <message>
        <source>CTI on</source>
        <translation>CTI activée</translation>
    </message>
    <message>
        <source>Call the selected text</source>
        <translation>Appeler le texte sélectionné</translation>
    </message>
    <message>
        <source>Calls so far</source>
        <translation>Historique des appels</translation>
    </message>
    <message>
        <source>Calls so far, %1 missed</source>
        <translation>Historique des appels, %1 en absence</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
    <message>
        <source>Missed calls: %1</source>
        <translation>Appels en absence&#xa0;: %1</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Ready for calls</source>
        <translation>Disponible pour les appels</translation>
    </message>
    <message>
        <source>Show the toolbar</source>
        <translation>Afficher la barre</translation>
    </message>
    <message>
        <source>Your state</source>
        <translation>Votre état</translation>
    </message>
</context>
<context>
    <name>WindowMenu</name>
    <message>
        <source>At the bottom edge</source>
        <translation>Au bord inférieur</translation>
    </message>
    <message>
        <source>At the top edge</source>
        <translation>Au bord supérieur</translation>
    </message>
    <message>
        <source>Call the selected text</source>
        <translation>Appeler le texte sélectionné</translation>
    </message>
    <message>
        <source>Floating</source>
        <translation>Flottante</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Move the toolbar, or click for its menu</source>
        <translation>Déplacer la barre, ou cliquer pour son menu</translation>
    </message>
    <message>
        <source>Open the sample page of a CRM</source>
        <translation>Ouvrir la page d’exemple d’un CRM</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Set by your administrator.</source>
        <translation>Fixé par votre administrateur.</translation>
    </message>
    <message>
        <source>Show the whole bar</source>
        <translation>Afficher toute la barre</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Petite</translation>
    </message>
    <message>
        <source>Stay in front of other windows</source>
        <translation>Rester devant les autres fenêtres</translation>
    </message>
    <message>
        <source>Stay in front: not possible on this desktop</source>
        <translation>Rester devant&#xa0;: impossible sur ce bureau</translation>
    </message>
    <message>
        <source>This desktop decides itself: use “Always on top” of its own window menu.</source>
        <translation>Ce bureau décide lui-même&#xa0;: utilisez «&#xa0;Toujours au premier plan&#xa0;» dans son menu de fenêtre.</translation>
    </message>
    <message>
        <source>Why am I not getting calls?</source>
        <translation>Pourquoi n’ai-je pas d’appels&#xa0;?</translation>
    </message>
    <message>
        <source>Window menu</source>
        <translation>Menu de la fenêtre</translation>
    </message>
</context>
<context>
    <name>WindowPage</name>
    <message>
        <source>A colour looks like #1a5fbf.</source>
        <translation>Une couleur s’écrit #1a5fbf.</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>Accent</translation>
    </message>
    <message>
        <source>Accent colour</source>
        <translation>Couleur d’accent</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>At the bottom of the screen</source>
        <translation>En bas de l’écran</translation>
    </message>
    <message>
        <source>At the top of the screen</source>
        <translation>En haut de l’écran</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombres</translation>
    </message>
    <message>
        <source>Empty for the toolbar&apos;s own. It is made darker or lighter where it could not be read.</source>
        <translation>Vide pour celle de la barre. Elle est foncée ou éclaircie là où elle serait illisible.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Moins d’animations</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claires</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Emplacement</translation>
    </message>
    <message>
        <source>Stay above other windows</source>
        <translation>Rester au-dessus des autres fenêtres</translation>
    </message>
    <message>
        <source>This desktop decides that itself: use “Always on top” in the window&apos;s own menu.</source>
        <translation>Ce bureau en décide lui-même&#xa0;: utilisez «&#xa0;Toujours au premier plan&#xa0;» dans le menu de la fenêtre.</translation>
    </message>
    <message>
        <source>Where I drag it</source>
        <translation>Là où je la pose</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>Windows appear without sliding.</source>
        <translation>Les fenêtres apparaissent sans glisser.</translation>
    </message>
</context>
<context>
    <name>WrapUpPanel</name>
    <message>
        <source>%1 left</source>
        <translation>encore %1</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Finish and stay not ready</source>
        <translation>Terminer et rester indisponible</translation>
    </message>
    <message>
        <source>Keep the record and be ready</source>
        <translation>Enregistrer la fiche et passer disponible</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Plus de temps</translation>
    </message>
    <message>
        <source>No time limit</source>
        <translation>Sans limite de temps</translation>
    </message>
    <message>
        <source>Time is up</source>
        <translation>Temps écoulé</translation>
    </message>
    <message>
        <source>Waits for your call</source>
        <translation>Suspendu pendant votre appel</translation>
    </message>
    <message>
        <source>What it was about</source>
        <translation>Objet de l’appel</translation>
    </message>
    <message>
        <source>What the call was about</source>
        <translation>Objet de l’appel</translation>
    </message>
    <message>
        <source>Your call</source>
        <translation>Votre appel</translation>
    </message>
</context>
<context>
    <name>WrapUpSection</name>
    <message>
        <source> s</source>
        <translation>&#xa0;s</translation>
    </message>
    <message>
        <source>After calls of a queue</source>
        <translation>Après les appels d’une file d’attente</translation>
    </message>
    <message>
        <source>After every call with somebody outside</source>
        <translation>Après chaque appel avec l’extérieur</translation>
    </message>
    <message>
        <source>After incoming calls</source>
        <translation>Après les appels entrants</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>Ensuite</translation>
    </message>
    <message>
        <source>An outcome must be chosen</source>
        <translation>Un résultat doit être choisi</translation>
    </message>
    <message>
        <source>From the answer on: no call slips in</source>
        <translation>Dès la réponse&#xa0;: aucun appel ne se glisse</translation>
    </message>
    <message>
        <source>Names separated by commas. Empty for all queues.</source>
        <translation>Noms séparés par des virgules. Vide pour toutes les files d’attente.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Indisponible</translation>
    </message>
    <message>
        <source>Only when the agent asks for it</source>
        <translation>Seulement quand l’agent la demande</translation>
    </message>
    <message>
        <source>Opens</source>
        <translation>S’ouvre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Files d’attente</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <source>Record of a call (wrap-up)</source>
        <translation>Fiche d’appel</translation>
    </message>
    <message>
        <source>The subject must be filled in</source>
        <translation>L’objet doit être rempli</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Time for the record</source>
        <translation>Durée pour la fiche</translation>
    </message>
    <message>
        <source>When the agent hangs up</source>
        <translation>Quand l’agent raccroche</translation>
    </message>
    <message>
        <source>When the queue hears of the pause. From the answer on, its statistics count talk under pause.</source>
        <translation>Quand la file d’attente apprend la pause. Dès la réponse, ses statistiques comptent la conversation en pause.</translation>
    </message>
    <message>
        <source>When the time is up, a record ends as it is.</source>
        <translation>Quand le temps est écoulé, une fiche se termine telle quelle.</translation>
    </message>
    <message>
        <source>“More time” adds</source>
        <translation>«&#xa0;Plus de temps&#xa0;» ajoute</translation>
    </message>
</context>
</TS>
