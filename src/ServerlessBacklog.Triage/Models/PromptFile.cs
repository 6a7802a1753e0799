using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Models;

/// <summary>
/// One prompt: a Markdown file under <c>Prompts/</c> with a version, a task, what goes in, the JSON schema of what comes out, and examples. The hash of its
/// text stands beside every finding that it had a part in.
/// </summary>
public sealed partial record PromptFile
{
    public required string Name { get; init; }

    /// <summary>Raised with every change of the file (a test compares the hashes).</summary>
    public required int Version { get; init; }

    /// <summary>What the model is told: task, input and examples. The same for every item, so that services can keep it in their cache.</summary>
    public required string Instructions { get; init; }

    /// <summary>JSON schema of the answer, in the strict subset: every member required, no others.</summary>
    public required JsonElement Schema { get; init; }

    public IReadOnlyList<PromptExample> Examples { get; init; } = [];

    /// <summary>Most tokens that an answer may have.</summary>
    public int MostTokens { get; init; } = 1_000;

    /// <summary>Tokens of an answer to expect, for plans.</summary>
    public int UsualTokens { get; init; } = 300;

    /// <summary>First 16 hex digits of the SHA-256 of the file.</summary>
    public required string Hash { get; init; }

    /// <summary>Reads a prompt that is shipped.</summary>
    public static PromptFile Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"prompts.{name}.md")
            ?? throw new InvalidOperationException($"There is no prompt '{name}'.");
        using var reader = new StreamReader(stream);
        return Parse(name, reader.ReadToEnd());
    }

    /// <exception cref="FormatException">The text lacks a part.</exception>
    public static PromptFile Parse(string name, string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var head = Head().Match(text);
        if (!head.Success || head.Groups["name"].Value != name)
            throw new FormatException($"The prompt '{name}' must begin with '# {name} VERSION'.");
        var parts = Part().Matches(text).ToDictionary(m => m.Groups["title"].Value, m => m.Groups["text"].Value.Trim());
        var examples = Example().Matches(parts.GetValueOrDefault("Examples", ""))
            .Select(m => new PromptExample(m.Groups["input"].Value.Trim(), m.Groups["output"].Value.Trim())).ToList();
        return new PromptFile
        {
            Name = name,
            Version = int.Parse(head.Groups["version"].ValueSpan),
            MostTokens = Number(parts["Limits"], "most"),
            UsualTokens = Number(parts["Limits"], "usual"),
            Schema = JsonDocument.Parse(Fenced().Match(parts["Output"]).Groups["json"].Value).RootElement.Clone(),
            Examples = examples,
            Instructions = $"{parts["Task"]}\n\nInput: {parts["Input"]}",
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8)),
        };
    }

    private static int Number(string limits, string word) => int.Parse(Regex.Match(limits, $@"(\d+) tokens {word}").Groups[1].ValueSpan);

    [GeneratedRegex(@"\A# (?<name>[a-z-]+) (?<version>\d+)\n")]
    private static partial Regex Head();

    [GeneratedRegex(@"^## (?<title>\w+)\n(?<text>(?:(?!^## ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"```text\n(?<input>[\s\S]*?)\n```\s*```json\n(?<output>[\s\S]*?)\n```")]
    private static partial Regex Example();

    [GeneratedRegex(@"```json\n(?<json>[\s\S]*?)\n```")]
    private static partial Regex Fenced();
}

/// <param name="Input">As the model would see it, without fences.</param>
/// <param name="Output">The answer that is wanted: JSON of the prompt's schema.</param>
public sealed record PromptExample(string Input, string Output);
