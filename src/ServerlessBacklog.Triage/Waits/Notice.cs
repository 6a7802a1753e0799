using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Waits;

/// <summary>The notice of an approved close: what will be done, when, and every way to stop it. Pure.</summary>
public static class Notice
{
    /// <summary>Days between the notice and the close; 0 for one that is made at once.</summary>
    public static int Days(Close close, WaitSettings waits) => Math.Max(0, close.Reason switch
    {
        CloseReason.Duplicate => waits.DuplicateDays,
        CloseReason.NotPlanned => waits.NotPlannedDays,
        _ => 0,
    });

    /// <summary>The notice of a wait, or why it may not be said.</summary>
    public static OutgoingAnswer Of(WorkItem item, Wait wait, WaitSettings waits) => Clean(item, wait, $"""
        **This item will be {Words(wait)} on {wait.DueAt:yyyy-MM-dd}.** {wait.By} approved it; a person decided, ServerlessBacklog only carries it out.

        To keep it open, do any one of these before that day, whoever you are:

        - write a comment here, about anything;
        - give this comment a thumbs-down (its author, or whoever may triage);
        - edit the title or the description;
        - write `{Commands.CommandText.Prefix} keep`;
        {(waits.KeepLabels.Count == 0 ? "" : $"- add the {(item.Ref.Tracker == "azuredevops" ? "tag" : "label")} `{waits.KeepLabels[0]}`.\n")}
        An objection is remembered: it will not be proposed again. Once closed, its author can reopen it with a comment within {waits.ReopenByCommentDays} days, or with `{Commands.CommandText.Prefix} reopen` within {waits.ReopenByCommandDays}.

        """);

    /// <summary>What stands in its place once it was called off.</summary>
    public static OutgoingAnswer CalledOff(WorkItem item, Wait wait) => Clean(item, wait, $"**This item stays open.** It was to be {Words(wait)}, but {wait.Why}.");

    /// <summary>The name of the notice of a decision.</summary>
    public static string Name(string decision) => StorageKey.Of(decision).ToLowerInvariant();

    /// <summary>What an edit changes: title and description, without blocks of ours.</summary>
    public static string TextOf(WorkItem item) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Title}\u0000{item.Body}")).AsSpan(0, 16));

    private static string Words(Wait wait) => wait.Close.Reason == CloseReason.Duplicate && wait.Close.Canonical is { } canonical
        ? $"closed as a duplicate of {AllowedNames.TextFor(wait.Item, canonical)}"
        : "closed as not planned";

    private static OutgoingAnswer Clean(WorkItem item, Wait wait, string text)
    {
        var clean = new OutgoingText { Home = item.Ref, MayName = wait.Close.Canonical is { } canonical ? [canonical] : [], Hosts = item.Url is { } url ? [url.Authority] : [] }.Clean(text);
        return clean.Text is null ? clean : OutgoingAnswer.Of($"{clean.Text.TrimEnd()}\n\n---\n\n*This comment is automated: ServerlessBacklog wrote it because a close was approved.*\n");
    }
}
