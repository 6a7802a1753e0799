using System.Text;

namespace ServerlessBacklog.StandIns.GitHub.GraphQl;

/// <summary>One page of a list, cut by cursors that stay good when the list changes.</summary>
internal sealed class GraphConnection
{
    private const string Mark = "cursor:v2:";

    public required IReadOnlyList<(object Node, string Cursor)> Page { get; init; }

    public required int TotalCount { get; init; }

    /// <summary>Of a timeline: how many fit what was asked for.</summary>
    public int FilteredCount { get; init; }

    public required bool HasNext { get; init; }

    public required bool HasPrevious { get; init; }

    public static string TimeKey(DateTimeOffset at, long id) => $"{at.UtcTicks:D19}|{id:D12}";

    public static GraphConnection Of<T>(IEnumerable<T> items, Func<T, string> key, GraphArguments arguments, bool descending = false)
        where T : notnull
    {
        var all = items.Select(i => (Node: (object)i, Key: key(i))).OrderBy(i => i.Key, StringComparer.Ordinal).ToList();
        if (descending)
            all.Reverse();
        IEnumerable<(object Node, string Key)> rest = all;
        if (arguments.Text("after") is { } after)
            rest = rest.Where(i => IsAfter(i.Key, KeyOf(after)));
        if (arguments.Text("before") is { } before)
            rest = rest.Where(i => IsAfter(KeyOf(before), i.Key));
        var window = rest.ToList();
        var page = arguments.Int("last") is { } last && arguments.Int("first") is null ? window.TakeLast(last).ToList() : window.Take(arguments.Int("first") ?? 0).ToList();
        return new GraphConnection
        {
            Page = [.. page.Select(i => (i.Node, Cursor(i.Key)))],
            TotalCount = all.Count,
            HasNext = page.Count > 0 ? page[^1] != all[^1] : window.Count > 0,
            HasPrevious = page.Count > 0 && page[0] != all[0],
        };

        bool IsAfter(string one, string other) => string.CompareOrdinal(one, other) * (descending ? -1 : 1) > 0;
    }

    /// <summary>For lists that keep their order.</summary>
    public static GraphConnection InOrder<T>(IEnumerable<T> items, GraphArguments arguments)
        where T : notnull =>
        Of(items.Select((item, index) => (item, index)), i => $"{i.index:D9}", arguments).Unwrapped<T>();

    private GraphConnection Unwrapped<T>() => new()
    {
        Page = [.. Page.Select(p => ((object)(((T, int))p.Node).Item1!, p.Cursor))],
        TotalCount = TotalCount,
        HasNext = HasNext,
        HasPrevious = HasPrevious,
    };

    private static string Cursor(string key) => Convert.ToBase64String(Encoding.ASCII.GetBytes(Mark + key));

    private static string KeyOf(string cursor)
    {
        try
        {
            var text = Encoding.ASCII.GetString(Convert.FromBase64String(cursor));
            if (text.StartsWith(Mark, StringComparison.Ordinal))
                return text[Mark.Length..];
        }
        catch (FormatException)
        {
        }

        throw new GraphErrorException("INVALID_CURSOR_ARGUMENTS", $"`{cursor}` does not appear to be a valid cursor.");
    }
}

/// <summary>A field cannot be resolved: it is null, and the answer says why.</summary>
#pragma warning disable CA1032, CA1064 // It never leaves this folder.
internal sealed class GraphErrorException(string type, string message) : Exception(message)
#pragma warning restore CA1032, CA1064
{
    public string Type { get; } = type;
}
