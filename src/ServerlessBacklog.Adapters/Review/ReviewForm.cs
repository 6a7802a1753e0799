using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Review;

/// <summary>An answer as the forms of the review queue send it.</summary>
/// <param name="Answer">The button: <c>approve</c>, <c>reject</c>, <c>snooze</c>, <c>keep</c>, <c>batch</c>.</param>
/// <param name="Picks">The asks that are meant: item and decision.</param>
/// <param name="Slots">The changes that are ticked.</param>
internal sealed record ReviewForm(
    ReviewPlace Place, string Answer, IReadOnlyList<(WorkItemRef Item, string Decision)> Picks, IReadOnlyList<string> Slots, string Because, int? Days, string Seal)
{
    public const int MostDays = 365;

    public const int LongestReason = 1000;

    public static ReviewForm Of(PageForm form) => new(
        new ReviewPlace(form["step"] is { Length: > 0 } step ? step : null, int.TryParse(form["page"], out var page) ? page : 1, form["on"] is { Length: > 0 } on ? on : null),
        form["answer"],
        [.. form.All("pick").Select(Pick).OfType<(WorkItemRef, string)>().Distinct()],
        form.All("slot"),
        form["because"].Trim(),
        int.TryParse(form["days"], out var days) && days is >= 1 and <= MostDays ? days : null,
        form["seal"]);

    /// <summary>The picks as they stand in the form.</summary>
    public IEnumerable<string> PickTexts => Picks.Select(p => $"{p.Item} {p.Decision}");

    private static (WorkItemRef, string)? Pick(string? text) =>
        text?.LastIndexOf(' ') is { } cut and > 0 && WorkItemRef.TryParse(text[..cut], out var item) && cut < text.Length - 1 ? (item!, text[(cut + 1)..]) : null;
}

/// <summary>Where a form stands, so that its answer leads back there.</summary>
/// <param name="Step">The step that the queue is filtered by; null for all.</param>
/// <param name="Page">Of the queue, from 1.</param>
/// <param name="On">The page: <see cref="Item"/>, <see cref="Duplicates"/>; null for the queue itself.</param>
public sealed record ReviewPlace(string? Step = null, int Page = 1, string? On = null)
{
    public const string Item = "item";
    public const string Duplicates = "duplicates";
}
