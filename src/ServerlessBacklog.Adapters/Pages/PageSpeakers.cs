using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Who somebody at a page is in the tracker of an item: their role there decides what they may do here.</summary>
internal sealed class PageSpeakers(TrackerRoles roles, IPeopleDirectory people)
{
    /// <returns>Null, with the reason, when nobody has said who the person is there.</returns>
    public async Task<(PageSpeaker? Speaker, string? Why)> OfAsync(PagePerson person, WorkItemRef item, CancellationToken cancellation)
    {
        // Items of an export have no tracker that could be asked: whoever reaches this page may answer for them, and nothing is written.
        if (person.IsOperator || !roles.Knows(item) || person.SignedIn is null)
            return (new PageSpeaker(new Person(person.Login), person.IsOperator || !roles.Knows(item)), null);
        return person.SignedIn.In(item.Tracker, await people.LoadAsync(cancellation)) is { } known
            ? (new PageSpeaker(known, false), null)
            : (null, $"Nobody has said who {person.Login} is in {item.Tracker}. Whoever runs this system tells it with 'backlog people'.");
    }
}

/// <param name="IsOperator">True when no right in the tracker is needed.</param>
internal sealed record PageSpeaker(Person Person, bool IsOperator);
