using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Which backlogs somebody may see: those whose project they may read in its tracker. What comes from files only the operator of the host sees.</summary>
internal sealed class PageReaders(IBacklogStore store, TrackerRoles roles, IPeopleDirectory people)
{
    public async Task<IReadOnlyList<string>> BacklogsOfAsync(PagePerson person, CancellationToken cancellation)
    {
        var all = await store.BacklogsAsync(cancellation);
        if (person.IsOperator)
            return all;
        var seen = new List<string>();
        foreach (var backlog in all)
        {
            if (await MayReadAsync(person, backlog, cancellation))
                seen.Add(backlog);
        }

        return seen;
    }

    private async Task<bool> MayReadAsync(PagePerson person, string backlog, CancellationToken cancellation)
    {
        if (person.SignedIn is not { } signedIn || await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is not { } text)
            return false;
        var source = SourceAddress.Parse(text);
        // Roles are those of a project; any item of it will do.
        var item = new WorkItemRef(source.Tracker, source.Location, "1");
        return roles.Knows(item) && signedIn.In(source.Tracker, await people.LoadAsync(cancellation)) is { } known
            && await roles.OfAsync(item, known, cancellation) >= TrackerRole.Reader;
    }
}
