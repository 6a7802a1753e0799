using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Models;

/// <summary>
/// Signs that a text speaks to the model instead of to people, and that an answer does what nobody asked. Neither is what keeps us safe, which is that
/// answers are data of a fixed form: a sign in a text only takes care that a person looks, one in an answer that it is thrown away.
/// </summary>
public static partial class Suspicion
{
    /// <summary>What reads like an instruction to a model, in a noun phrase; null when nothing does.</summary>
    public static string? InText(string text) =>
        TagCharacters(text) ? "invisible characters that hold a text"
        : Instruction().IsMatch(text) ? "what reads like an instruction to a language model"
        : Role().IsMatch(text) ? "what reads like a message of a system or assistant"
        : null;

    /// <summary>What an answer holds that its sources do not and that it has no business to hold; null when all is well.</summary>
    /// <param name="answer">All strings of the answer.</param>
    /// <param name="secrets">What only the prompt knows: its nonce.</param>
    public static string? InAnswer(IReadOnlyCollection<string> answer, IReadOnlyCollection<string> sources, IReadOnlyCollection<string> secrets)
    {
        foreach (var text in answer)
        {
            if (secrets.Any(s => text.Contains(s, StringComparison.Ordinal)))
                return "a secret of the prompt";
            if (TagCharacters(text))
                return "invisible characters";
            if (Command().IsMatch(text) && !In(text, sources))
                return "a command to this program";
            foreach (Match found in Effect().Matches(text))
            {
                if (!In(found.Value, sources))
                    return found.Value[0] == '@' ? "a mention that no source has" : "a link, image or HTML that no source has";
            }
        }

        return null;
    }

    private static bool In(string text, IReadOnlyCollection<string> sources) => sources.Any(s => s.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Tag characters (U+E0000 …) repeat all of ASCII invisibly.</summary>
    private static bool TagCharacters(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] == '\uDB40' && text[i + 1] is >= '\uDC00' and <= '\uDC7F')
                return true;
        }

        return false;
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|the)\b.{0,30}\b(?:instructions?|prompts?|rules|context|guidelines)\b"
        + @"|\byou are (?:now|no longer)\b|\b(?:new|updated|real) (?:system )?instructions?\s*:|\b(?:reveal|print|repeat|show)\b.{0,30}\b(?:system prompt|your prompt|your instructions|hidden prompt)\b"
        + @"|\b(?:as an ai|dear (?:ai|assistant|model|bot)|ai (?:agent|assistant|model)s?\s*[:,])", Plain)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"^\s*(?:#{1,4}\s*)?(?:\[|<\|?)?(?:system|assistant|im_start|im_end|inst)(?:\||\])?>?\s*(?::|>|\])|<\|(?:im_start|im_end|endoftext|system)\|>|</?(?:system|assistant|instructions?)>|<<<(?:data|end)\b", Plain | RegexOptions.Multiline)]
    private static partial Regex Role();

    [GeneratedRegex(@"^\s*/backlog\b", Plain | RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?:https?|ftp|file|data|javascript|mailto):/{0,2}[^\s)""'>\]]+|!\[[^\]]*\]\([^)]*\)|</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|(?<![A-Za-z0-9._%+-])@[A-Za-z0-9][A-Za-z0-9-]*", Plain)]
    private static partial Regex Effect();
}
