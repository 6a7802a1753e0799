using System.Globalization;
using System.Text;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>Writes a <see cref="DependencyMap"/> as a Mermaid flowchart: arrows run from what comes first to what waits; dotted ones are suspected.</summary>
public static class MermaidText
{
    /// <summary>Edges drawn by default; Mermaid itself refuses more than 500.</summary>
    public const int DefaultEdges = 200;

    private const int LongestTitle = 60;

    /// <summary>At most <paramref name="edges"/> edges, those of cycles and the critical path first; a comment tells how many were left out.</summary>
    public static string Write(DependencyMap map, int edges = DefaultEdges)
    {
        var important = map.Cycles.SelectMany(c => c).Concat(map.CriticalPath).ToHashSet();
        var drawn = map.Edges.OrderByDescending(e => important.Contains(e.Item) && important.Contains(e.Needs)).Take(edges).ToList();
        var ends = drawn.SelectMany(e => new[] { e.Item, e.Needs }).ToHashSet();
        var names = new Dictionary<string, string>();
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in map.Nodes.Where(n => ends.Contains(n.Item)))
        {
            names[node.Item] = string.Create(CultureInfo.InvariantCulture, $"n{names.Count}");
            text.Append("  ").Append(names[node.Item]).Append("[\"").Append(Label(node)).Append("\"]\n");
        }

        foreach (var edge in drawn)
            text.Append("  ").Append(names[edge.Needs]).Append(edge.Kind == EdgeKind.Known ? " --> " : " -.-> ").Append(names[edge.Item]).Append('\n');
        AddClass(text, "cycle", "stroke:#c00,stroke-width:3px", map.Cycles.SelectMany(c => c), names);
        AddClass(text, "critical", "stroke:#06c,stroke-width:3px", map.CriticalPath.Except(map.Cycles.SelectMany(c => c)), names);
        if (drawn.Count < map.Edges.Count)
            text.Append("  %% ").Append(map.Edges.Count - drawn.Count).Append(" more dependencies are not drawn\n");
        return text.ToString();
    }

    private static void AddClass(StringBuilder text, string name, string style, IEnumerable<string> items, Dictionary<string, string> names)
    {
        var members = items.Where(names.ContainsKey).Select(i => names[i]).Distinct().ToList();
        if (members.Count > 0)
            text.Append($"  classDef {name} {style}\n  class {string.Join(',', members)} {name}\n");
    }

    private static string Label(DependencyNode node)
    {
        var number = node.Item[(node.Item.IndexOf('#', StringComparison.Ordinal) + 1)..];
        var title = node.Title.Length > LongestTitle ? $"{node.Title[..(LongestTitle - 1)]}…" : node.Title;
        return Escape($"#{number} {title}");
    }

    /// <summary>Everything but letters, digits, spaces and a few harmless marks becomes a Mermaid entity (<c>#34;</c>), so a title is never syntax.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '-' or '_' or '…')
                escaped.Append(rune);
            else
                escaped.Append('#').Append(Rune.IsControl(rune) ? 32 : rune.Value).Append(';');
        }

        return escaped.ToString();
    }
}
