using ServerlessBacklog.Triage.Models;
using static ServerlessBacklog.Triage.Settings.Layers.ConfigShape;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>The backlog's own words in a configuration (docs/domain-packs.md).</summary>
internal static class PackKeys
{
    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new("pack.glossary", "Words of this backlog and what they mean.", new ListOf(new Fields(
        [
            new("word", new Text(100), "As items write it.", IsRequired: true),
            new("means", new Text(1000), "What it means.", IsRequired: true),
        ])), s => ConfigJson.Node(s.Pack.Glossary), (s, v) => s with { Pack = s.Pack with { Glossary = ConfigJson.Of<IReadOnlyList<Term>>(v) } }),
        new("pack.components", "Parts of the product and the words by which items belong to them.", new ListOf(new Fields(
        [
            new("name", new Text(200), "The area as the tracker spells it.", IsRequired: true),
            new("words", new ListOf(new Text(200)), "Words, file names or paths.", IsRequired: true),
        ])), s => ConfigJson.Node(s.Pack.Components), (s, v) => s with { Pack = s.Pack with { Components = ConfigJson.Of<IReadOnlyList<Component>>(v) } }),
        new("pack.examples", "Examples of good answers for a language model.", new ListOf(new Fields(
        [
            new("for", new Word([.. PromptList.All.Select(p => p.Name)]), "The prompt that it is for.", IsRequired: true),
            new("input", new Text(4000), "What is asked about.", IsRequired: true),
            new("answer", new Text(4000), "JSON of the prompt's schema.", IsRequired: true),
        ])), s => ConfigJson.Node(s.Pack.Examples), (s, v) => s with { Pack = s.Pack with { Examples = ConfigJson.Of<IReadOnlyList<PackExample>>(v) } }),
    ];
}
