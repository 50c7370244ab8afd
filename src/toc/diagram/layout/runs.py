"""Which lines run together in a lane or a channel, by numbers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from toc.diagram.layout.field import Way
from toc.diagram.layout.lines import Joint, Track, runs_of, tracked
from toc.diagram.layout.scene import Net, Scene
from toc.diagram.layout.ways import Ways


def level_gutters(scene: Scene, found: Ways) -> Iterator[tuple[int, float]]:
    """The gutters that are crossed from box to box, and how wide they must be for that."""
    for want, way in zip(scene.wants, found.ways, strict=True):
        if not way.lanes:
            yield found.field.first[found.field.ends(want)[0]] + way.exit, want.least


def used_channels(scene: Scene, found: Ways) -> Iterator[int]:
    """The channels in which a line runs, begins or ends."""
    field = found.field
    for want, way in zip(scene.wants, found.ways, strict=True):
        lower, upper = field.ends(want)
        if way.lanes:
            yield from way.channels
            yield field.end[upper] if field.end[upper] <= field.row[lower] else field.row[upper]
            if not way.exit:
                yield field.row[lower]


def corners(found: Ways, scene: Scene) -> Iterator[tuple[Net, Way, list[float]]]:
    """For each arrow its net, its way, and the numbers along the lanes at which it starts, turns and ends."""
    field = found.field
    for want, way in zip(scene.wants, found.ways, strict=True):
        lower, upper = field.ends(want)
        start = 4 * field.row[lower] + (2 if way.exit else 1)
        end = 4 * field.end[upper] - 1 if field.end[upper] <= field.row[lower] else 4 * field.row[upper] + 1
        yield want.net, way, [start, *(4 * channel for channel in way.channels), end]


Stretch = tuple[float, float, float]  # from where to where along a lane, and at which x
Pieces = dict[int, dict[Net, list[tuple[float, float]]]]
Joints = dict[int, dict[Net, list[Joint]]]


def stretches(corners: Iterator[tuple[Net, Way, list[float]]]) -> tuple[Pieces, Joints]:
    """The upright parts of all ways by lane, and where others join them."""
    pieces: Pieces = defaultdict(lambda: defaultdict(list))
    joints: Joints = defaultdict(lambda: defaultdict(list))
    for net, way, at in corners:
        for step, lane in enumerate(way.lanes):
            pieces[lane][net].append((min(at[step], at[step + 1]), max(at[step], at[step + 1])))
            if step:
                side = 1 if lane > way.lanes[step - 1] else -1
                joints[lane][net].append((at[step], -side))
                joints[way.lanes[step - 1]][net].append((at[step], side))
        if way.lanes and way.exit:
            joints[way.lanes[0]][net].append((at[0], -way.exit))
    return pieces, joints


def channels_of(found: Ways, scene: Scene) -> Iterator[tuple[tuple[int, Net], list[Track]]]:
    """The tracks of each net in each channel."""
    pieces, joints = stretches(corners(found, scene))
    # Roughly how lines lie in their lanes, to know in which order a channel meets them.
    rank: dict[tuple[int, Net], float] = {}
    for lane, by_net in pieces.items():
        for run, track, of in tracked(runs_of(by_net, joints[lane])):
            rank[lane, run.net] = max(rank.get((lane, run.net), 0.0), lane + 0.9 * track / of)
    level: Pieces = defaultdict(lambda: defaultdict(list))
    ends: Joints = defaultdict(lambda: defaultdict(list))
    for want, way in zip(scene.wants, found.ways, strict=True):
        for channel, lane, beyond in zip(way.channels, way.lanes, way.lanes[1:], strict=False):
            one, other = rank[lane, want.net], rank[beyond, want.net]
            level[channel][want.net].append((min(one, other), max(one, other)))
            ends[channel][want.net] += [(one, 1), (other, -1)]
    for channel, by_net in level.items():
        tracks: dict[Net, list[Track]] = defaultdict(list)
        for found_track in tracked(runs_of(by_net, ends[channel]), clear=0.95):
            tracks[found_track.run.net].append(found_track)
        yield from (((channel, net), found_tracks) for net, found_tracks in tracks.items())


def by_channel(channels: Mapping[tuple[int, Net], Sequence[Track]]) -> dict[int, list[Track]]:
    """The tracks of all nets in each channel."""
    found: dict[int, list[Track]] = defaultdict(list)
    for (channel, _), tracks in channels.items():
        found[channel] += tracks
    return found
