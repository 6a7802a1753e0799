using ModelContextProtocol;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Questions;

namespace ServerlessBacklog.LocalHost.Mcp;

/// <summary>
/// What an assistant may see. It is a language model of somebody else's: a backlog of which nothing may go to a model is not shown, fields that may not be
/// sent are left out, and secrets and contacts in texts are hidden as in every prompt.
/// </summary>
internal sealed class McpAccess(IServiceProvider services, string by)
{
    private readonly ModelSetup models = services.GetRequiredService<ModelSetup>();
    private readonly PrivacySettings privacy = services.GetRequiredService<PrivacySettings>();
    private readonly IBacklogStore store = services.GetRequiredService<IBacklogStore>();

    public string By => by;

    public T Get<T>()
        where T : notnull =>
        services.GetRequiredService<T>();

    public async Task<IReadOnlyList<string>> BacklogsAsync(CancellationToken cancellation) =>
        [.. (await store.BacklogsAsync(cancellation)).Where(b => !models.IsLocalOnly(b))];

    /// <summary>The backlog that is meant: the named one, or the only one there is.</summary>
    /// <exception cref="McpException">There is no such one, or it may not be shown.</exception>
    public async Task<string> BacklogAsync(string? named, CancellationToken cancellation)
    {
        var all = await BacklogsAsync(cancellation);
        if (named is { Length: > 0 })
            return all.Contains(named) ? named : throw new McpException($"There is no backlog of that name that may be shown here. There is: {Names(all)}.");
        return all is [var only] ? only : throw new McpException(all.Count == 0 ? "There is no backlog here yet." : $"Say which backlog: {Names(all)}.");
    }

    /// <exception cref="McpException">It is not written as an item.</exception>
    public async Task<WorkItemRef> ItemAsync(string backlog, string text, CancellationToken cancellation)
    {
        var found = new List<WorkItemRef>();
        await foreach (var stamp in store.StampsAsync(backlog, cancellation))
        {
            if (stamp.Item.ToString() == text || stamp.Item.Number == text.TrimStart('#'))
                found.Add(stamp.Item);
        }

        return found switch
        {
            [var one] => one,
            [] => throw new McpException("There is no such item in that backlog. 'list_items' names them."),
            _ => throw new McpException($"Several items have that number: {string.Join(", ", found.Take(5))}. Name it in full."),
        };
    }

    public bool MaySend(ItemField field) => privacy.Fields.MaySend(field);

    /// <summary>Hides what must not leave, for one answer: the same name has the same placeholder in all its texts. Null for a field that may not be sent.</summary>
    public async Task<Func<string, ItemField, string?>> HidingAsync(string backlog, CancellationToken cancellation)
    {
        var redaction = new Redaction(privacy, privacy.HidesNames ? await Get<ChatDesk>().PeopleAsync(backlog, cancellation) : []);
        return (text, field) => MaySend(field) ? redaction.Hide(text) : null;
    }

    /// <summary>What the user can mend is told to the assistant as the tool's error, not as a fault of the protocol.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (UserErrorException wrong)
        {
            throw new McpException(wrong.Message);
        }
    }

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names.Take(20));
}
