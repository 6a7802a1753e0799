using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>An answer as the review page's forms send it.</summary>
/// <param name="Answer">The button: <c>approve</c>, <c>reject</c>, <c>snooze</c>, <c>keep</c>, <c>batch</c>.</param>
/// <param name="Picks">The asks that are meant: item and decision.</param>
/// <param name="Slots">The changes that are ticked.</param>
internal sealed record ReviewForm(
    string Backlog, string? Step, int Page, string Answer, IReadOnlyList<(WorkItemRef Item, string Decision)> Picks, IReadOnlyList<string> Slots, string Because, int? Days, string Seal)
{
    public const int MostDays = 365;

    public const int LongestReason = 1000;

    public static ReviewForm Of(IFormCollection form) => new(
        form["backlog"].ToString(),
        form["step"].ToString() is { Length: > 0 } step ? step : null,
        int.TryParse(form["page"], out var page) ? page : 1,
        form["answer"].ToString(),
        [.. form["pick"].Select(Pick).OfType<(WorkItemRef, string)>().Distinct()],
        [.. form["slot"].OfType<string>()],
        form["because"].ToString().Trim(),
        int.TryParse(form["days"], out var days) && days is >= 1 and <= MostDays ? days : null,
        form["seal"].ToString());

    /// <summary>The picks as they stand in the form.</summary>
    public IEnumerable<string> PickTexts => Picks.Select(p => $"{p.Item} {p.Decision}");

    private static (WorkItemRef, string)? Pick(string? text) =>
        text?.LastIndexOf(' ') is { } cut and > 0 && WorkItemRef.TryParse(text[..cut], out var item) && cut < text.Length - 1 ? (item!, text[(cut + 1)..]) : null;
}
