using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>Items as digests name them: by number, with their project where a backlog has several.</summary>
internal sealed class DigestItems
{
    private readonly bool hasSeveral;

    public DigestItems(BacklogReport report) => hasSeveral = report.Items.Take(5_000).Select(i => (i.Item.Ref.Tracker, i.Item.Ref.Project)).Distinct().Skip(1).Any();

    public DigestItem Of(ItemLine item, string? note) => new(Name(item.Ref), item.Title.Length > 0 ? item.Title : "(not in this backlog)", item.Url, note);

    public string Name(WorkItemRef item)
    {
        var number = char.IsAsciiDigit(item.Number[0]) ? $"#{item.Number}" : item.Number;
        return hasSeveral ? $"{item.Project}{(number[0] == '#' ? "" : " ")}{number}" : number;
    }
}
