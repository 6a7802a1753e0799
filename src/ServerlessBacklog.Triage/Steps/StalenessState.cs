using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>What silence means for one item at one moment. The same facts at a later moment give the state of that moment.</summary>
internal enum StalenessState
{
    /// <summary>The source has no date at all.</summary>
    NoDates,

    /// <summary>Silence cannot have lasted long enough to matter.</summary>
    Fresh,

    /// <summary>The item may or may not be silent: its source cannot tell.</summary>
    Unproven,

    /// <summary>Old, and nothing but the age is known.</summary>
    OldOnly,

    /// <summary>Silent on its reporter, but a rule spares it.</summary>
    Exempt,

    /// <summary>The reporter has left a question of the team unanswered.</summary>
    Stale,

    /// <summary>Stale, noticed, and the wait after the notice is over.</summary>
    StaleAfterNotice,

    /// <summary>The reporter was asked by a label and has not answered for a week: a reminder is due.</summary>
    NeedsInfo,

    /// <summary>Reminded, and silent for two more weeks.</summary>
    NeedsInfoAfterNudge,

    /// <summary>Nobody of the team has looked at it yet: their turn, never a reason to close.</summary>
    NeedsTriage,

    /// <summary>Triaged once, waiting on the team for longer than its urgency allows.</summary>
    Retriage,

    /// <summary>Enough explicit signs of low value for an archive proposal.</summary>
    LowValue,
}

/// <summary>All that the state of an item depends on, except the moment.</summary>
internal sealed record StalenessFacts(
    WorkItem Item, TextSignals Signals, Silence Silence, Waiting Waiting, IReadOnlyList<string> Exempt, bool IsTriaged, int Duplicates, StalenessSettings Settings)
{
    /// <summary>Age in days from which an item is called old although nothing but its age is known.</summary>
    private const int OldAfterDays = 365;

    /// <summary>When a reporter who was asked is reminded, and how long after that the item may be closed.</summary>
    public WaitSettings Waits { get; init; } = new();

    public static StalenessFacts Of(WorkItem item, BacklogSnapshot backlog, StalenessSettings settings)
    {
        var team = backlog.Model(TeamMembers.From);
        var signals = backlog.Find(item.Ref)?.Signals ?? TextSignal.Find(item.Title, item.Body);
        return new StalenessFacts(
            item,
            signals,
            Analysis.Flow.Silence.Of(item),
            Analysis.Flow.Waiting.Of(item, settings.WaitingForReporterLabels, team.Includes),
            [.. StaleExemption.Of(item, signals, settings), .. WaitingFor(item, backlog)],
            HasBeenTriaged(item, team),
            backlog.Model(DuplicateCounts.From)[item.Ref],
            settings);
    }

    /// <summary>Days between looks at an item that waits on the team: 30 critical, 90 high, else 365 (FEATURES §4.3).</summary>
    public int RetriageDays => StaleExemption.UrgencyOf(Item) switch { 1 => 30, 2 => 90, _ => 365 };

    public int TriageDays => Math.Min(Settings.StaleAfterDays, RetriageDays);

    /// <summary>Signs of low value; none where the team is known never to have looked: its neglect is no verdict on the item.</summary>
    public IReadOnlyList<string> LowValue(DateTimeOffset at) =>
        Exempt.Count > 0 || (Item.History.IsKnown && !IsTriaged) ? [] : LowValueSigns.Of(Item, Signals, Duplicates, Silence, Settings, at);

    public StalenessState StateAt(DateTimeOffset at)
    {
        if (Silence.Since is not { } since)
            return StalenessState.NoDates;
        if (LowValue(at).Count > 0)
            return StalenessState.LowValue;
        if (Silence.Basis == SilenceBasis.Creation)
            return Reached(since, OldAfterDays, at) ? StalenessState.OldOnly : Reached(since, Settings.StaleAfterDays, at) ? StalenessState.Unproven : StalenessState.Fresh;
        if (NeedsInfoAt(since, at) is { } asked)
            return asked;
        if (Waiting.On == WaitingOn.Reporter && Reached(since, Settings.StaleAfterDays, at))
            return Exempt.Count > 0 ? StalenessState.Exempt : Reached(NoticeAt(), Settings.CloseAfterNoticeDays, at) ? StalenessState.StaleAfterNotice : StalenessState.Stale;
        if (Waiting.On == WaitingOn.Team && !IsTriaged && Silence.Basis == SilenceBasis.HumanActivity && Reached(since, TriageDays, at))
            return StalenessState.NeedsTriage;
        if (Waiting.On == WaitingOn.Team && Reached(since, RetriageDays, at))
            return StalenessState.Retriage;
        return Silence.Basis == SilenceBasis.LastChange && Reached(Item.CreatedAt, Settings.StaleAfterDays, at) && !Reached(since, Settings.StaleAfterDays, at)
            ? StalenessState.Unproven
            : StalenessState.Fresh;
    }

    /// <summary>The first moment after <paramref name="now"/> at which the passing of time alone gives another state.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now)
    {
        var current = StateAt(now);
        return Moments().Where(m => m > now).Order().Where(m => StateAt(m) != current).Select(m => (DateTimeOffset?)m).FirstOrDefault();
    }

    private IEnumerable<DateTimeOffset> Moments()
    {
        if (Silence.Since is { } since)
        {
            if (NudgeAt(since) is { } nudge)
                yield return nudge.AddDays(Waits.NeedsInfoCloseDays);
            foreach (var days in new[] { Waits.NeedsInfoNudgeDays, Settings.StaleAfterDays, TriageDays, RetriageDays, OldAfterDays, LowValueSigns.RecentDays })
                yield return since.AddDays(days);
        }

        if (Item.CreatedAt is { } created)
        {
            yield return created.AddDays(Settings.StaleAfterDays);
            yield return created.AddDays(Settings.ArchiveAfterDays);
        }

        if (NoticeAt() is { } notice)
            yield return notice.AddDays(Settings.CloseAfterNoticeDays);
    }

    /// <summary>Only where a label says that the reporter is asked, and people's silence is known to the day (FEATURES §4.3).</summary>
    private StalenessState? NeedsInfoAt(DateTimeOffset since, DateTimeOffset at)
    {
        if (Waiting is not { On: WaitingOn.Reporter, IsExplicit: true } || Silence.Basis != SilenceBasis.HumanActivity || Exempt.Count > 0)
            return null;
        return NudgeAt(since) is { } nudge
            ? Reached(nudge, Waits.NeedsInfoCloseDays, at) ? StalenessState.NeedsInfoAfterNudge : null
            : Reached(since, Waits.NeedsInfoNudgeDays, at) && !Reached(since, Settings.StaleAfterDays, at) ? StalenessState.NeedsInfo : null;
    }

    /// <summary>When we reminded the reporter since the last human act; null when we did not.</summary>
    private DateTimeOffset? NudgeAt(DateTimeOffset since) => Item.History.Comments.Where(c => c.IsOurs && c.At > since).Select(c => (DateTimeOffset?)c.At).Min();

    /// <summary>When both halves of the notice, label and comment of a bot, stood since the last human act; null when either is missing.</summary>
    private DateTimeOffset? NoticeAt()
    {
        if (Silence is not { Basis: SilenceBasis.HumanActivity, Since: { } since } || !Item.HasLabel(Settings.StaleLabel))
            return null;
        var labelled = Analysis.Flow.Waiting.LabelledAt(Item, Settings.StaleLabel);
        var told = Item.History.Comments.Where(c => c.Author.IsBot && c.At >= since).Select(c => (DateTimeOffset?)c.At).Min();
        return labelled is null || told is null || labelled < since ? null : labelled > told ? labelled : told;
    }

    private static IEnumerable<string> WaitingFor(WorkItem item, BacklogSnapshot backlog)
    {
        var waiting = backlog.Model(WaitingItems.From)[item.Ref];
        if (waiting > 0)
            yield return waiting == 1 ? "an open item waits for it" : $"{waiting} open items wait for it";
    }

    private static bool HasBeenTriaged(WorkItem item, TeamMembers team) =>
        item.Labels.Count > 0 || item.Assignees.Count > 0 || item.Milestone is not null
        || StaleExemption.UrgencyOf(item) == Urgency.Lowest
        || item.History.Comments.Any(c => !c.Author.Equals(item.Reporter) && team.Includes(c.Author));

    private static bool Reached(DateTimeOffset? since, int days, DateTimeOffset at) => since is { } start && start.AddDays(days) <= at;
}
