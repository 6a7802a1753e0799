using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>Who is told what of one backlog, where and when. Quiet unless told otherwise: nothing at night, nothing at weekends.</summary>
public sealed record Subscriber
{
    /// <summary>A <see cref="NotificationAddress"/> as text.</summary>
    public required string To { get; init; }

    public IReadOnlyList<DigestKind> Digests { get; init; } = [];

    /// <summary>Login in the tracker of the person who reads it; null for a channel of many. Without one there is no personal digest.</summary>
    public string? Person { get; init; }

    /// <summary>IANA name of the zone in which hours are meant: <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Day of the weekly digest.</summary>
    public DayOfWeek Weekday { get; init; } = DayOfWeek.Monday;

    /// <summary>Hour, 0…23, from which a digest of the day or the week is sent.</summary>
    public int Hour { get; init; } = 8;

    /// <summary>Hour from which nothing is sent; the same as <see cref="QuietUntil"/> for no such hours.</summary>
    public int QuietFrom { get; init; } = 19;

    public int QuietUntil { get; init; } = 7;

    /// <summary>True to be told on Saturdays and Sundays too.</summary>
    public bool Weekends { get; init; }

    /// <summary>The zone; UTC where its name is not known here.</summary>
    internal TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}

/// <summary>What a person chose for one address, over what the configuration says. Null where they chose nothing.</summary>
public sealed record SubscriberChoice
{
    public required string To { get; init; }

    public string? Person { get; init; }

    public IReadOnlyList<DigestKind>? Digests { get; init; }

    public string? TimeZone { get; init; }

    public DayOfWeek? Weekday { get; init; }

    public int? Hour { get; init; }

    public int? QuietFrom { get; init; }

    public int? QuietUntil { get; init; }

    public bool? Weekends { get; init; }

    /// <summary>What they do not want any more, whoever put them on the list.</summary>
    public IReadOnlyList<DigestKind> Off { get; init; } = [];

    /// <summary>True when nothing at all is wanted.</summary>
    public bool IsOff { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public Subscriber Over(Subscriber said) => said with
    {
        Person = Person ?? said.Person,
        Digests = IsOff ? [] : [.. (Digests ?? said.Digests).Except(Off)],
        TimeZone = TimeZone ?? said.TimeZone,
        Weekday = Weekday ?? said.Weekday,
        Hour = Hour ?? said.Hour,
        QuietFrom = QuietFrom ?? said.QuietFrom,
        QuietUntil = QuietUntil ?? said.QuietUntil,
        Weekends = Weekends ?? said.Weekends,
    };
}
