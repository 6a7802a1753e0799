using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>Values that are right one by one and cannot be meant together. Pure.</summary>
public static class Contradictions
{
    public static IReadOnlyList<Contradiction> In(TriageSettings settings) =>
    [
        .. Thresholds(settings.Policy),
        .. Scopes(settings.Policy),
        .. Goals(settings.Priority),
        .. Silence(settings.Staleness),
        .. Waits(settings),
        .. People(settings.People),
        .. Metrics(settings),
        .. WorkContradictions.In(settings),
        .. Subscribers(settings),
    ];

    private static IEnumerable<Contradiction> Thresholds(DecisionPolicy policy) =>
        from step in policy.Steps
        where step.Value.AskAt > step.Value.ApplyAt
        select new Contradiction([$"steps.{step.Key}.ask_at", $"steps.{step.Key}.apply_at"], $"{step.Key} would ask from {step.Value.AskAt} on and apply from {step.Value.ApplyAt} on: whatever is sure enough to be applied must be sure enough to be asked. Lower ask_at or raise apply_at.");

    private static IEnumerable<Contradiction> Scopes(DecisionPolicy policy)
    {
        foreach (var twice in policy.Scopes.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return new Contradiction(["scopes"], $"The scope '{twice.Key}' stands there twice. Give each a name of its own: the share of items hangs on it.");
        foreach (var scope in policy.Scopes)
        {
            if (scope.Steps.Count == 0)
                yield return new Contradiction(["scopes"], $"The scope '{scope.Name}' says nothing of any step. Name steps under 'steps', or take it out.");
            if (scope.Areas.Count + scope.Labels.Count == 0 && scope.Percent == 100)
                yield return new Contradiction(["scopes"], $"The scope '{scope.Name}' holds every item: it has no areas, no labels and no percent. Say the same under 'autonomy'.");
            foreach (var step in scope.Steps.Where(s => s.Value > Autonomy.Off && policy.For(s.Key).Autonomy == Autonomy.Off).Select(s => s.Key))
                yield return new Contradiction(["scopes", ConfigKeys.AutonomyOfStep + step, ConfigKeys.Autonomy], $"The scope '{scope.Name}' wants {step} at {ConfigJson.Text(ConfigJson.Node(scope.Steps[step]))}, while it is off everywhere. Write shadow in place of off, or take it out of the scope.");
        }
    }

    private static IEnumerable<Contradiction> Goals(PrioritySettings priority)
    {
        foreach (var twice in priority.Goals.GroupBy(g => g.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return new Contradiction(["goals"], $"The goal '{twice.Key}' stands there twice; merge the two.");
        foreach (var goal in priority.Goals.Where(g => g.Words.Count + g.Labels.Count == 0))
            yield return new Contradiction(["goals"], $"The goal '{goal.Name}' has neither 'words' nor 'labels', so no item can serve it.");
    }

    private static IEnumerable<Contradiction> Silence(StalenessSettings staleness)
    {
        if (staleness.ArchiveAfterDays < staleness.StaleAfterDays)
            yield return new Contradiction(["staleness.archive_after_days", "staleness.stale_after_days"], $"Items would be proposed for the archive after {staleness.ArchiveAfterDays} days and be stale only after {staleness.StaleAfterDays}. Raise archive_after_days or lower stale_after_days.");
        foreach (var label in staleness.ExemptLabels.Intersect(staleness.WaitingForReporterLabels.Append(staleness.StaleLabel), StringComparer.OrdinalIgnoreCase))
            yield return new Contradiction(["staleness.exempt_labels", "staleness.waiting_for_reporter_labels", "staleness.stale_label"], $"The label '{label}' says both that an item is never stale and that it waits or is stale. Take it out of one list.");
    }

    private static IEnumerable<Contradiction> Waits(TriageSettings settings)
    {
        if (settings.Waits.ReopenByCommandDays < settings.Waits.ReopenByCommentDays)
            yield return new Contradiction(["waits.reopen_by_command_days", "waits.reopen_by_comment_days"], $"An author could reopen by a plain comment for {settings.Waits.ReopenByCommentDays} days, and by command only for {settings.Waits.ReopenByCommandDays}. Raise reopen_by_command_days or lower reopen_by_comment_days.");
        foreach (var label in settings.Waits.KeepLabels.Intersect(settings.Staleness.WaitingForReporterLabels.Append(settings.Staleness.StaleLabel), StringComparer.OrdinalIgnoreCase))
            yield return new Contradiction(["waits.keep_labels", "staleness.waiting_for_reporter_labels", "staleness.stale_label"], $"The label '{label}' says both that an item is kept open and that it waits or is stale. Take it out of one list.");
    }

    private static IEnumerable<Contradiction> People(PeopleSettings people) =>
        from person in people.Away.Intersect(people.CapacityOf.Keys, StringComparer.OrdinalIgnoreCase)
        select new Contradiction(["people.capacity_of", "people.away"], $"'{person}' is away and has a capacity. Take them out of one of the two.");

    private static IEnumerable<Contradiction> Metrics(TriageSettings settings)
    {
        foreach (var twice in settings.Metrics.GroupBy(m => m.Name).Where(g => g.Count() > 1))
            yield return new Contradiction(["metrics"], $"The metric '{twice.Key}' stands there twice; keep one target.");
        foreach (var metric in settings.Metrics.Where(m => m is { Baseline: not null, BaselineAt: null } or { Baseline: null, BaselineAt: not null }))
            yield return new Contradiction(["metrics"], $"The metric '{metric.Name}' has one of baseline and baseline_at. Give both, or neither.");
    }

    private static IEnumerable<Contradiction> Subscribers(TriageSettings settings)
    {
        foreach (var subscriber in settings.Subscribers)
        {
            if (NotificationAddress.WhyWrong(subscriber.To) is { } wrong)
                yield return new Contradiction([NotificationKeys.Subscribers], wrong);
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(subscriber.TimeZone, out _))
                yield return new Contradiction([NotificationKeys.Subscribers], $"There is no time zone '{subscriber.TimeZone}'. Write its IANA name, for example Europe/Berlin.");
            if (subscriber.Person is null && subscriber.Digests.Contains(DigestKind.Personal))
                yield return new Contradiction([NotificationKeys.Subscribers], $"'{subscriber.To}' wants a personal digest without saying whose. Add 'person', the login in the tracker.");
        }

        foreach (var twice in settings.Subscribers.GroupBy(s => s.To.Trim(), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return new Contradiction([NotificationKeys.Subscribers], $"'{twice.Key}' stands there twice. Give all its digests in one entry.");
    }
}

/// <param name="Paths">The keys that it is about, the one to mend first.</param>
public sealed record Contradiction(IReadOnlyList<string> Paths, string What);
