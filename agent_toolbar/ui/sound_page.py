"""The sound page: which devices, how loud, live levels, and a test that records and plays back. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from agent_toolbar.application.ports.telephony import AudioConfig, LevelsMeasured
from agent_toolbar.application.toolbar_port import Toolbar
from agent_toolbar.application.toolbar_state import ToolbarState
from agent_toolbar.domain.audio import FOLLOW_SYSTEM, AudioDevice, AudioRole, AudioRoleSnapshot, AudioTestState
from agent_toolbar.domain.errors import AgentToolbarError
from agent_toolbar.i18n.formats import percent_text
from agent_toolbar.i18n.sentences import audio_fault_text, audio_role_text, error_text
from agent_toolbar.ui import tokens
from agent_toolbar.ui.icons import Icon
from agent_toolbar.ui.level_meter import LevelMeter
from agent_toolbar.ui.look import Look
from agent_toolbar.ui.notice import Notice
from agent_toolbar.ui.settings_page import SettingsPage
from agent_toolbar.ui.tokens import Tone

_LOUDEST_PERCENT = 150


@dataclass(frozen=True, slots=True)
class _RoleRow:
    """The controls of one role."""

    devices: QComboBox
    volume: QSlider
    percent: QLabel
    notice: Notice


class SoundPage(SettingsPage):
    """The microphone is open while the page is looked at, for the meters only."""

    def __init__(self, look: Look, toolbar: Toolbar) -> None:
        super().__init__(look, toolbar)
        self.set_title(self.tr("Sound"))
        self._watching = False
        self.microphone_level = LevelMeter(look, self.tr("Loudness of your microphone"))
        self.speaker_level = LevelMeter(look, self.tr("Loudness of your speaker"))
        self._rows = {
            AudioRole.MICROPHONE: self._add_role(AudioRole.MICROPHONE, self.microphone_level),
            AudioRole.SPEAKER: self._add_role(AudioRole.SPEAKER, self.speaker_level),
            AudioRole.RINGER: self._add_role(AudioRole.RINGER, None),
        }
        self._add_test()
        self.body.addStretch()
        self.show_state(toolbar.state)

    def devices_of(self, role: AudioRole) -> QComboBox:
        return self._rows[role].devices

    def volume_of(self, role: AudioRole) -> QSlider:
        return self._rows[role].volume

    def notice_of(self, role: AudioRole) -> Notice:
        return self._rows[role].notice

    def show_state(self, state: ToolbarState) -> None:
        audio = state.audio
        snapshots = {
            AudioRole.MICROPHONE: (audio.microphone, audio.inputs),
            AudioRole.SPEAKER: (audio.speaker, audio.outputs),
            AudioRole.RINGER: (audio.ringer, audio.outputs),
        }
        for role, (snapshot, devices) in snapshots.items():
            self._fill_devices(self._rows[role].devices, role, snapshot, devices)
            self._rows[role].notice.say(audio_fault_text(role, snapshot), Tone.NOT_READY)
        self._show_test(state)

    def watch(self, on: bool) -> None:
        """Measures levels while the page is seen."""
        if on == self._watching:
            return
        self._watching = on
        self.toolbar.watch_levels(self._show_levels if on else None)
        if not on:
            self.microphone_level.silence()
            self.speaker_level.silence()

    def leave(self) -> None:
        self.watch(False)

    # ------------------------------------------------------------------ devices and volumes

    def _add_role(self, role: AudioRole, meter: LevelMeter | None) -> _RoleRow:
        self.add_section(audio_role_text(role))
        devices = QComboBox()
        devices.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        devices.setMinimumContentsLength(24)
        name = audio_role_text(role)
        notice = self.add_row(
            self.tr("Device"),
            devices,
            name=self.tr("Device: {role}").format(role=name),
            key=f"audio.{role.value}_id",
        )
        devices.activated.connect(lambda _: self._choose(role))
        share = self._volume_of_settings(role)
        volume = QSlider(Qt.Orientation.Horizontal)
        volume.setRange(0, _LOUDEST_PERCENT)
        volume.setPageStep(10)
        volume.setTracking(False)
        volume.setValue(round(share * 100))
        percent = QLabel(percent_text(share))
        percent.setMinimumWidth(percent.fontMetrics().horizontalAdvance(percent_text(1.5)))
        percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        volume.sliderMoved.connect(lambda value: percent.setText(percent_text(value / 100)))
        volume.valueChanged.connect(lambda value: self._change_volume(role, value))
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.theme.px(tokens.SPACE_S))
        layout.addWidget(volume, 1)
        layout.addWidget(percent)
        line.setFocusProxy(volume)
        self.add_row(self.tr("Volume"), line, key=f"audio.{role.value}_volume")
        volume.setAccessibleName(self.tr("Volume: {role}").format(role=name))
        if meter is not None:
            self.add_row(self.tr("Level"), meter, name=meter.accessibleName())
        return _RoleRow(devices, volume, percent, notice)

    def _fill_devices(
        self, box: QComboBox, role: AudioRole, snapshot: AudioRoleSnapshot, devices: tuple[AudioDevice, ...]
    ) -> None:
        default = next((device.name for device in devices if device.is_default), "")
        follow = self.tr("Follow the system ({device})").format(device=default) if default else ""
        entries = [(follow or self.tr("Follow the system"), FOLLOW_SYSTEM)]
        entries += [(device.name, device.id) for device in devices]
        chosen = self._chosen_id(role)
        if chosen not in {identity for _, identity in entries}:
            gone = snapshot.chosen_name or self.tr("Chosen device")
            entries.append((self.tr("{device} (not plugged in)").format(device=gone), chosen))
        if [(box.itemText(i), box.itemData(i)) for i in range(box.count())] != entries:
            box.clear()
            for text, identity in entries:
                box.addItem(text, identity)
        box.setCurrentIndex([identity for _, identity in entries].index(chosen))

    def _chosen_id(self, role: AudioRole) -> str:
        return str(getattr(self.toolbar.settings.audio, f"{role.value}_id"))

    def _volume_of_settings(self, role: AudioRole) -> float:
        return float(getattr(self.toolbar.settings.audio, f"{role.value}_volume"))

    def _choose(self, role: AudioRole) -> None:
        box = self._rows[role].devices
        identity = str(box.currentData())
        audio = self.toolbar.state.audio
        devices = audio.inputs if role is AudioRole.MICROPHONE else audio.outputs
        name = next((device.name for device in devices if device.id == identity), "")
        self._apply(role, **{f"{role.value}_id": identity, f"{role.value}_name": name})

    def _change_volume(self, role: AudioRole, percent: int) -> None:
        self._rows[role].percent.setText(percent_text(percent / 100))
        self._apply(role, **{f"{role.value}_volume": percent / 100})

    def _apply(self, role: AudioRole, **changes: object) -> None:
        audio: AudioConfig = msgspec.structs.replace(self.toolbar.settings.audio, **changes)
        try:
            self.toolbar.choose_audio(audio)
        except AgentToolbarError as error:
            self._rows[role].notice.say(error_text(error))

    # ------------------------------------------------------------------ levels and test

    def _show_levels(self, levels: LevelsMeasured) -> None:
        self.microphone_level.show_level(levels.microphone)
        self.speaker_level.show_level(levels.speaker)

    def _add_test(self) -> None:
        self.add_section(self.tr("Test"))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        self.test_button = QPushButton(self.tr("Record and play back"))
        self.test_button.setIconSize(QSize(self.theme.px(tokens.SPACE_L), self.theme.px(tokens.SPACE_L)))
        self.test_button.setIcon(self.look.icons.icon(Icon.RECORD, Tone.FAULT))
        self.test_button.clicked.connect(self._toggle_test)
        line.addWidget(self.test_button)
        line.addStretch()
        self.test_notice = self.add_wide(row)

    def _toggle_test(self) -> None:
        try:
            if self._testing:
                self.toolbar.stop_audio_test()
            else:
                self.toolbar.start_audio_test()
        except AgentToolbarError as error:
            self.test_notice.say(error_text(error))

    @property
    def _testing(self) -> bool:
        return self.toolbar.state.audio.test in {AudioTestState.RECORDING, AudioTestState.PLAYING}

    def _show_test(self, state: ToolbarState) -> None:
        self.test_button.setEnabled(not state.calls)
        self.test_button.setText(self.tr("Stop") if self._testing else self.tr("Record and play back"))
        if state.calls:
            self.test_notice.say(self.tr("The test waits until your call is over."), Tone.MUTED)
            return
        match state.audio.test:
            case AudioTestState.IDLE:
                text, tone = self.tr("Speak for three seconds, then hear yourself as a customer would."), Tone.MUTED
            case AudioTestState.RECORDING:
                text, tone = self.tr("Recording: speak now…"), Tone.ON_CALL
            case AudioTestState.PLAYING:
                text, tone = self.tr("Playing: this is how you sound…"), Tone.ON_CALL
            case AudioTestState.DONE:
                text = self.tr("Did you hear yourself? Good. If not, choose another device above and test again.")
                tone = Tone.READY
        self.test_notice.say(text, tone)
