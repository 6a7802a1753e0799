using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Waits;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>Commands that set something on the item: what the system may do there, its fields, its people, its duplicates, its state.</summary>
public sealed class ItemCommands(IBacklogStore store, KeptSettings kept, ItemRefresh refresh, CallingOff callingOff, AuditTrail audit)
{
    /// <summary>How far the clocks of a tracker and of this host may differ.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(15);

    public async Task<CommandEffect> KeepAsync(Saying saying, KeepCommand command, WorkItem item, CancellationToken cancellation)
    {
        await RememberAsync(saying, [new HumanOverride("close", null, saying.By.Login, saying.At) { Because = command.Because }], cancellation);
        var notices = await callingOff.StopAsync(saying.Backlog, item, null, new Veto(WaitState.Vetoed, saying.By.Login, $"{saying.By} wants it kept open"), saying.At, cancellation);
        return new CommandEffect($"Kept open: I will not propose again to close or archive this item.{(notices.Count > 0 ? " The close that was announced is called off." : "")}") { Changes = [.. notices.Select(n => (PersonalDecision.Step, (Change)n))], Retriage = true };
    }

    public async Task<CommandEffect> PinAsync(Saying saying, PinCommand pin, WorkItem item, CancellationToken cancellation)
    {
        DateTimeOffset? until = pin.Until is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero) : null;
        if (until <= saying.At)
            return CommandEffect.Error($"{pin.Until:yyyy-MM-dd} is over already.");
        var set = new SetField(pin.Field, pin.Value);
        await RememberAsync(saying, [new HumanOverride(set.Slot, pin.Value, saying.By.Login, saying.At) { IsPin = true, Because = pin.Because, Until = until }], cancellation);
        return new CommandEffect($"Pinned: {Words(pin.Field)} stays {pin.Value}{(pin.Until is { } end ? $" until {end:yyyy-MM-dd}" : "")}. No job changes it; `/backlog unpin {Words(pin.Field)}` ends it.")
        {
            Changes = string.Equals(Inverse.ValueOf(item, pin.Field), pin.Value, StringComparison.OrdinalIgnoreCase) ? [] : [(PersonalDecision.Step, set)],
            Retriage = true,
        };
    }

    public async Task<CommandEffect> UnpinAsync(Saying saying, UnpinCommand command, CancellationToken cancellation)
    {
        var slot = new SetField(command.Field, "").Slot;
        var pins = (await store.OverridesAsync(saying.Backlog, saying.Item, cancellation)).Where(o => o.IsPin && o.Slot == slot).ToList();
        if (pins.Count == 0)
            return CommandEffect.Error($"Nothing is pinned as {Words(command.Field)} here.");
        foreach (var pin in pins)
            await store.RemoveOverrideAsync(saying.Backlog, saying.Item, pin, cancellation);
        return new CommandEffect($"No longer pinned: {Words(command.Field)} {pins[0].Value}.") { Retriage = true };
    }

    public static CommandEffect Estimate(EstimateCommand command)
    {
        var points = command.Points.ToString(CultureInfo.InvariantCulture);
        return new CommandEffect($"Size set to {points}.") { Changes = [(PersonalDecision.Step, new SetField(WorkItemField.Estimate, points))] };
    }

    public static CommandEffect Assign(Saying saying, AssignCommand command, WorkItem item)
    {
        var person = new Person(command.Login ?? saying.By.Login);
        return item.Assignees.Contains(person)
            ? CommandEffect.Error($"{person} is assigned already.")
            : new CommandEffect($"Assigned to {person}.") { Changes = [(PersonalDecision.Step, new Assign(person))] };
    }

    public static CommandEffect Child(ChildCommand command, WorkItem item) => item.IsOpen
        ? new CommandEffect($"Creating “{command.Title}” below this item.") { Changes = [(PersonalDecision.Step, new AddChild(command.Title, ""))] }
        : CommandEffect.Error("This item is closed: nothing new is put below it.");

    public async Task<CommandEffect> UnassignAsync(Saying saying, UnassignCommand command, WorkItem item, CancellationToken cancellation)
    {
        var person = new Person(command.Login ?? saying.By.Login);
        await RememberAsync(saying, [HumanOverride.Refusing(new Assign(person), saying.By.Login, saying.At)], cancellation);
        return item.Assignees.Contains(person)
            ? new CommandEffect($"{person} is no longer assigned, and I will not propose them here again.") { Changes = [(PersonalDecision.Step, new Unassign(person))] }
            : new CommandEffect($"{person} was not assigned; I will not propose them here.") { Retriage = true };
    }

    public async Task<CommandEffect> DuplicateOfAsync(Saying saying, DuplicateOfCommand command, WorkItem item, CancellationToken cancellation)
    {
        var canonical = command.Canonical.On(saying.Item);
        if (canonical == item.Ref)
            return CommandEffect.Error("An item is no duplicate of itself.");
        if (!item.IsOpen)
            return CommandEffect.Error("This item is closed already.");
        await refresh.TryAsync(saying.Backlog, canonical, cancellation);
        if (await store.FindItemsAsync(saying.Backlog, [canonical], cancellation) is not [{ Kind: WorkItemKind.Item } other])
            return CommandEffect.Error($"There is no item {command.Canonical} here.");
        if (other.Linked(LinkKind.DuplicateOf).Contains(item.Ref))
            return CommandEffect.Error($"{command.Canonical} is itself marked as a duplicate of this one.");
        var days = (await kept.OfAsync(saying.Backlog, cancellation)).Waits.DuplicateDays;
        return new CommandEffect($"Taken for a duplicate of {command.Canonical}{(days > 0 ? $"; it is closed in {days} days unless somebody objects" : "")}.")
        {
            Changes = [(PersonalDecision.Step, new AddLink(LinkKind.DuplicateOf, canonical)), (PersonalDecision.Step, new Close(CloseReason.Duplicate, canonical))],
            MayName = [canonical],
        };
    }

    public async Task<CommandEffect> NotDuplicateAsync(Saying saying, NotDuplicateCommand command, WorkItem item, bool mayTriage, CancellationToken cancellation)
    {
        var other = command.Other?.On(saying.Item);
        var (by, at) = (saying.By.Login, saying.At);
        // What a maintainer linked is a maintainer's to take away.
        var ours = (await store.OutcomesAsync(saying.Backlog, saying.Item, cancellation)).SelectMany(o => o.Changes).Where(c => c.State == ChangeState.Applied).Select(c => c.Change).OfType<AddLink>().ToHashSet();
        var linked = item.Linked(LinkKind.DuplicateOf).Where(l => (other is null || l == other) && (mayTriage || ours.Contains(new AddLink(LinkKind.DuplicateOf, l)))).ToList();
        await RememberAsync(saying, other is null
            ? [new HumanOverride("link:duplicate", null, by, at), .. linked.Select(l => HumanOverride.Refusing(new Close(CloseReason.Duplicate, l), by, at)), .. await DuplicateClosesAsync(saying, cancellation)]
            : [HumanOverride.Refusing(new AddLink(LinkKind.DuplicateOf, other), by, at), HumanOverride.Refusing(new Close(CloseReason.Duplicate, other), by, at)], cancellation);
        return new CommandEffect(other is null ? "Noted: this item repeats no other. I will not propose it again." : $"Noted: this item does not repeat {command.Other}. I will not propose it again.")
        {
            Changes = [.. linked.Select(l => (PersonalDecision.Step, (Change)new RemoveLink(LinkKind.DuplicateOf, l)))],
            MayName = other is null ? [] : [other],
            Retriage = true,
        };
    }

    public async Task<CommandEffect> ReopenAsync(Saying saying, ReopenCommand command, WorkItem item, bool mayTriage, CancellationToken cancellation)
    {
        if (item.IsOpen)
            return CommandEffect.Error("This item is open.");
        var waits = (await kept.OfAsync(saying.Backlog, cancellation)).Waits;
        var closed = await ClosedByUsAsync(saying.Backlog, item, cancellation);
        if (closed is null && !mayTriage)
            return CommandEffect.Error("This item was not closed through me: whoever closed it, or a maintainer, can reopen it.");
        if (closed is not null && !mayTriage && saying.At - closed.At > TimeSpan.FromDays(waits.ReopenByCommandDays))
            return CommandEffect.Error($"It was closed more than {waits.ReopenByCommandDays} days ago: please ask a maintainer, or open a new item that links this one.");
        await RememberAsync(saying, [new HumanOverride("close", null, saying.By.Login, saying.At) { Because = command.Because }], cancellation);
        return new CommandEffect("Reopened. I will not propose again to close it.")
        {
            Changes = [(PersonalDecision.Step, closed?.Changes.Select(c => c.Inverse).OfType<Reopen>().FirstOrDefault() ?? new Reopen())],
            Retriage = true,
        };
    }

    /// <summary>True when the system closed the item so recently that a word of its author reopens it.</summary>
    public async Task<bool> ReopenedByCommentAsync(Saying saying, WorkItem item, CancellationToken cancellation) =>
        await ClosedByUsAsync(saying.Backlog, item, cancellation) is { } closed
        && saying.At - closed.At <= TimeSpan.FromDays((await kept.OfAsync(saying.Backlog, cancellation)).Waits.ReopenByCommentDays);

    /// <summary>The latest outcome by which this program closed the item; null when it did not.</summary>
    public async Task<DecisionOutcome?> ClosedByUsAsync(string backlog, WorkItem item, CancellationToken cancellation)
    {
        var last = (await store.OutcomesAsync(backlog, item.Ref, cancellation))
            .Where(o => o.Changes.Any(c => c is { Change: Close or Reopen, State: ChangeState.Applied, Inverse: not null })).MaxBy(o => o.At);
        // Reopened since, or closed again by somebody else: then it is theirs.
        return last?.Changes.Any(c => c is { Change: Close, State: ChangeState.Applied }) == true && !(item.ClosedAt - last.At > Leeway) ? last : null;
    }

    private async Task<IEnumerable<HumanOverride>> DuplicateClosesAsync(Saying saying, CancellationToken cancellation) =>
        (await store.DecisionsAsync(saying.Backlog, saying.Item, cancellation)).SelectMany(d => d.Changes).Select(c => c.Change).OfType<Close>()
            .Where(c => c.Reason == CloseReason.Duplicate).Distinct().Select(c => HumanOverride.Refusing(c, saying.By.Login, saying.At));

    private async Task RememberAsync(Saying saying, IReadOnlyList<HumanOverride> overrides, CancellationToken cancellation)
    {
        await store.SaveOverridesAsync(saying.Backlog, saying.Item, overrides, cancellation);
        await audit.OverriddenAsync(saying.Backlog, saying.Item, overrides, Tracing.Current, cancellation);
    }

    private static string Words(WorkItemField field) => field.ToString().ToLowerInvariant();
}
