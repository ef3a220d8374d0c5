namespace OpenHall.App;

/// <summary>What a state means to the reader: nothing special, at work now, well, needs a look, wrong, over.</summary>
public enum BadgeKind { Plain, Now, Good, Warn, Bad, Done }
