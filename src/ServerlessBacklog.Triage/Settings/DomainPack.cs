using System.Text;

namespace ServerlessBacklog.Triage.Settings;

/// <summary>What a backlog's own words mean (FEATURES G11): glossary, component map and examples. Rules go by the components, language models by all of it.</summary>
public sealed record DomainPack
{
    public static DomainPack Empty { get; } = new();

    public IReadOnlyList<Term> Glossary { get; init; } = [];

    public IReadOnlyList<Component> Components { get; init; } = [];

    public IReadOnlyList<PackExample> Examples { get; init; } = [];

    /// <summary>The pack as a prompt says it; empty when there is none. The same for all items, so that services keep it in their cache.</summary>
    /// <param name="prompt">Name of the prompt: examples are each for one.</param>
    public string About(string prompt)
    {
        var text = new StringBuilder();
        if (Glossary.Count > 0)
            text.Append("Words of this backlog:\n").AppendJoin('\n', Glossary.Select(t => $"- {t.Word}: {t.Means}")).Append('\n');
        if (Components.Count > 0)
            text.Append("Components of this product:\n").AppendJoin('\n', Components.Select(c => $"- {c.Name}: {string.Join(", ", c.Words)}")).Append('\n');
        foreach (var example in Examples.Where(e => e.For.Equals(prompt, StringComparison.OrdinalIgnoreCase)))
            text.Append("Example of this backlog:\n").Append(example.Input).Append("\nIts answer:\n").Append(example.Answer).Append('\n');
        return text.ToString().TrimEnd();
    }
}

/// <param name="Word">As items write it.</param>
public sealed record Term(string Word, string Means);

/// <param name="Name">The area as the tracker spells it.</param>
/// <param name="Words">Words, file names or paths in items that belong to it.</param>
public sealed record Component(string Name, IReadOnlyList<string> Words);

/// <param name="For">Name of the prompt.</param>
/// <param name="Answer">JSON of the prompt's schema.</param>
public sealed record PackExample(string For, string Input, string Answer);
