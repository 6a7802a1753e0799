using System.Globalization;
using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>What of the table of open items is asked for. It stands in the address, so that a list can be kept and sent.</summary>
public sealed record ItemQuery
{
    /// <summary>Rows on one page.</summary>
    public const int PageSize = 50;

    /// <summary>For items without a value.</summary>
    public const string None = "(none)";

    public string? Search { get; init; }

    /// <summary><c>open</c> or <c>started</c>.</summary>
    public string? State { get; init; }

    public string? Type { get; init; }

    public string? Area { get; init; }

    public string? Assignee { get; init; }

    /// <summary>Words of <see cref="ItemTableJson.MarkWords"/>; an item carries all of them.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>Header of a column, in small letters; null for by rank.</summary>
    public string? Sort { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public bool IsFiltered => Search is not null || State is not null || Type is not null || Area is not null || Assignee is not null || Marks.Count > 0;

    public static ItemQuery Of(PageCall call) => new()
    {
        Search = call.Asked("q")?.Trim() is { Length: > 0 } search ? search[..Math.Min(search.Length, 200)] : null,
        State = call.Asked("state"),
        Type = call.Asked("type"),
        Area = call.Asked("area"),
        Assignee = call.Asked("assignee"),
        Marks = [.. call.AskedAll("mark").Intersect(ItemTableJson.MarkWords)],
        Sort = call.Asked("sort"),
        IsDescending = call.Asked("order") == "down",
        Page = int.TryParse(call.Asked("page"), CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1,
    };

    public string In(string path) => SitePaths.With(
        path,
        [
            ("q", Search), ("state", State), ("type", Type), ("area", Area), ("assignee", Assignee), .. Marks.Select(m => ("mark", (string?)m)),
            ("sort", Sort), ("order", Sort is not null && IsDescending ? "down" : null), ("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture)),
        ]);

    /// <summary>The items that fit, in the order asked for.</summary>
    internal IReadOnlyList<ReportItem> Of(IReadOnlyList<ReportItem> items, IReadOnlyList<ItemColumn> columns)
    {
        var words = Search?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        var bits = Marks.Aggregate(0, (all, mark) => all | (1 << ItemTableJson.MarkWords.Index().First(m => m.Item == mark).Index));
        var fitting = IsFiltered ? items.Where(i => Fits(i, words, bits)) : items;
        if (columns.FirstOrDefault(c => SortOf(c) == Sort) is { } column)
            fitting = fitting.Select(i => (Item: i, Value: column.Value(i))).OrderBy(v => v.Value is null).ThenBy(v => v.Value, IsDescending ? Values.Falling : Values.Rising).Select(v => v.Item);
        return fitting as IReadOnlyList<ReportItem> ?? [.. fitting];
    }

    internal static string SortOf(ItemColumn column) => column.Header.ToLowerInvariant();

    private bool Fits(ReportItem item, string[] words, int bits) =>
        ((int)item.Marks & bits) == bits
        && (State is null || string.Equals(item.Item.State?.ToString(), State, StringComparison.OrdinalIgnoreCase))
        && Is(item.Item.Type, Type)
        && Has(item.Area, Area)
        && Has(item.Assignee, Assignee)
        && words.All(w => Show.Number(item.Item.Ref).Contains(w, StringComparison.OrdinalIgnoreCase)
            || item.Item.Title.Contains(w, StringComparison.OrdinalIgnoreCase)
            || item.Area?.Contains(w, StringComparison.OrdinalIgnoreCase) == true
            || item.Assignee?.Contains(w, StringComparison.OrdinalIgnoreCase) == true
            || item.Item.Type?.Contains(w, StringComparison.OrdinalIgnoreCase) == true);

    private static bool Is(string? value, string? asked) => asked is null || (asked == None ? value is null : string.Equals(value, asked, StringComparison.OrdinalIgnoreCase));

    /// <summary>Fields of several values join them by a comma.</summary>
    private static bool Has(string? values, string? asked) => asked is null || (asked == None ? values is null
        : values is not null && (string.Equals(values, asked, StringComparison.OrdinalIgnoreCase) || values.Split(", ").Contains(asked, StringComparer.OrdinalIgnoreCase)));

    private sealed class Values(int direction) : IComparer<object?>
    {
        public static Values Rising { get; } = new(1);

        public static Values Falling { get; } = new(-1);

        public int Compare(object? x, object? y) => direction * (x is string a && y is string b
            ? string.Compare(a, b, StringComparison.OrdinalIgnoreCase)
            : Number(x).CompareTo(Number(y)));

        private static double Number(object? value) => value is IConvertible and not string ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : 0;
    }
}
