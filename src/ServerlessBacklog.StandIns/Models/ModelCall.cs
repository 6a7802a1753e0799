namespace ServerlessBacklog.StandIns.Models;

/// <summary>A question as it arrived, for the script that answers it.</summary>
/// <param name="Number">How many questions came before it.</param>
/// <param name="Model">Model or deployment.</param>
/// <param name="PromptTokens">Counted by <see cref="TokenCount"/>.</param>
public sealed record ModelCall(int Number, string Model, IReadOnlyList<ModelMessage> Messages, int PromptTokens)
{
    /// <summary>Texts with the role <c>system</c> or <c>developer</c>, an empty line between them.</summary>
    public string System => TextOf("system", "developer");

    public string User => TextOf("user");

    /// <summary>Of the schema that the answer shall have; null when none was sent.</summary>
    public string? SchemaName { get; init; }

    public string? SchemaJson { get; init; }

    public double? Temperature { get; init; }

    /// <summary>Most tokens of the answer.</summary>
    public int? MostTokens { get; init; }

    private string TextOf(params string[] roles) => string.Join("\n\n", Messages.Where(m => roles.Contains(m.Role)).Select(m => m.Text));
}

/// <param name="Role">system, developer, user or assistant.</param>
public sealed record ModelMessage(string Role, string Text);

/// <summary>What the script answers. Counts that it does not say are counted by <see cref="TokenCount"/>.</summary>
public sealed record ModelReply(string? Text)
{
    /// <summary>Said in place of <see cref="Text"/>, as a model that will not answer does.</summary>
    public string? Refusal { get; init; }

    /// <summary><c>stop</c>, <c>length</c> (it was cut), <c>content_filter</c>. An answer longer than the request allows is cut in any case.</summary>
    public string FinishReason { get; init; } = "stop";

    public int? PromptTokens { get; init; }

    public int? CompletionTokens { get; init; }

    /// <summary>Default: what the prompt shares with earlier ones, see <see cref="PrefixCache"/>.</summary>
    public int? CachedTokens { get; init; }

    public static ModelReply Refuse(string refusal) => new((string?)null) { Refusal = refusal };

    public static ModelReply Filtered(string beginning = "") => new(beginning) { FinishReason = "content_filter" };

    public static ModelReply CutShort(string beginning) => new(beginning) { FinishReason = "length" };
}

/// <summary>Tokens are counted as a quarter of the characters (UTF-16), rounded up: near enough to English text under the tokenizers in use, and easy to foretell.</summary>
public static class TokenCount
{
    public static int Of(int characters) => (characters + 3) / 4;

    public static int Of(string text) => Of(text.Length);
}
