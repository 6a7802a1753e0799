using ServerlessBacklog.Analysis.Flow;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>How long silences last in this backlog, learned from its own past up to the newest moment that it speaks of.</summary>
internal static class BacklogQuiet
{
    public static QuietModel Of(BacklogSnapshot backlog)
    {
        var items = backlog.Items.Values.Select(o => o.Item).ToList();
        return QuietModel.Learn(items, Fate.Newest(items));
    }
}
