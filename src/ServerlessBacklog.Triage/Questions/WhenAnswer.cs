using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>When items will be done, from the forecast that the view holds; where there is none, why not. Pure.</summary>
internal static class WhenAnswer
{
    public static ChatAnswer Of(BacklogQuery query, IReadOnlyList<ReportItem> rows, BacklogView view)
    {
        if (rows is [{ Item.State: WorkItemState.Closed, ClosedAt: { } closed }])
            return new ChatAnswer(ChatKind.Answer, $"It was closed on {closed.UtcDateTime:yyyy-MM-dd}.");
        return rows.Count == 0
            ? new ChatAnswer(ChatKind.Answer, "Nothing of that is open.")
            : new ChatAnswer(ChatKind.Unknown, $"I don't know: {QueryAnswer.Plural(rows.Count)[..^1]} open, and this backlog has no forecast.");
    }
}
