using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary>The item that a user means by a number or a full name.</summary>
internal static class ItemChoice
{
    /// <exception cref="UserErrorException">There is none, or more than one.</exception>
    public static async Task<(string Backlog, WorkItemRef Item)> FindAsync(IBacklogStore store, IReadOnlyList<string> backlogs, string text, CancellationToken cancellation)
    {
        var found = new List<(string Backlog, WorkItemRef Item)>();
        foreach (var backlog in backlogs)
        {
            await foreach (var stamp in store.StampsAsync(backlog, cancellation))
            {
                if (stamp.Item.ToString() == text || stamp.Item.Number == text)
                    found.Add((backlog, stamp.Item));
            }
        }

        return found switch
        {
            [var one] => one,
            [] => throw new UserErrorException($"No item '{text}' in {string.Join(", ", backlogs)}. 'backlog items' lists them."),
            _ => throw new UserErrorException(
                $"'{text}' may mean {string.Join(" or ", found.Take(5).Select(f => $"{f.Item} in {f.Backlog}"))}. Write it in full, and choose with --backlog."),
        };
    }
}
