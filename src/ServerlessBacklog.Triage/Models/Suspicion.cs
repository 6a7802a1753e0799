using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Models;

/// <summary>What looks for signs in an answer (<see cref="Suspicion.InAnswer"/>).</summary>
public delegate string? AnswerLook(IReadOnlyCollection<string> answer, IReadOnlyCollection<string> sources, IReadOnlyCollection<string> secrets);

/// <summary>
/// Signs that a text speaks to the model instead of to people, and that an answer does what nobody asked. Neither is what keeps us safe, which is that
/// answers are data of a fixed form: a sign in a text only takes care that a person looks, one in an answer that it is thrown away.
/// </summary>
public static partial class Suspicion
{
    /// <summary>Milliseconds; a text that takes longer was not looked at, which is no sign of anything.</summary>
    private const int Patience = 1_000;

    /// <summary>What reads like an instruction to a model, in a noun phrase; null when nothing does.</summary>
    /// <exception cref="RegexMatchTimeoutException">The text could not be looked at.</exception>
    public static string? InText(string text)
    {
        if (TagCharacters(text))
            return "invisible characters that hold a text";
        var plain = ReadableText.Of(text);
        return Instruction().IsMatch(plain) || InOtherLanguages().IsMatch(plain) ? "what reads like an instruction to a language model"
            : Role().IsMatch(plain) ? "what reads like a message of a system or assistant"
            : null;
    }

    /// <summary>Why a person has to look at what a model made of these texts; null when nothing in them speaks to it.</summary>
    /// <param name="look"><see cref="InText"/>.</param>
    public static string? WhyPerson(IEnumerable<string> texts, Func<string, string?> look)
    {
        try
        {
            return texts.Select(look).FirstOrDefault(s => s is not null) is { } sign ? $"the text holds {sign}, and a model has read it" : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return "the text could not be looked at for signs of a planted instruction, and a model has read it";
        }
    }

    /// <summary>What an answer holds that its sources do not and that it has no business to hold; null when all is well.</summary>
    /// <param name="answer">All strings of the answer.</param>
    /// <param name="secrets">What only the prompt knows: its nonce and our own words.</param>
    /// <exception cref="RegexMatchTimeoutException">The answer could not be looked at.</exception>
    public static string? InAnswer(IReadOnlyCollection<string> answer, IReadOnlyCollection<string> sources, IReadOnlyCollection<string> secrets)
    {
        IReadOnlyList<string> read = [.. sources.Select(ReadableText.Of)];
        foreach (var text in answer)
        {
            var plain = ReadableText.Of(text);
            var line = string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (secrets.Any(s => line.Contains(s, StringComparison.OrdinalIgnoreCase)))
                return "a secret of the prompt";
            // Secrets were left out of what the model was given, and none comes back.
            if (SecretScan.Find(text) is { } secret)
                return $"what looks like {secret}";
            if (TagCharacters(text) || text.Any(c => ReadableText.IsControl(c) && !sources.Any(s => s.Contains(c))))
                return "invisible characters";
            if (Command().IsMatch(plain) && !In(plain, read))
                return "a command to this program";
            foreach (Match found in Effect().Matches(plain))
            {
                if (!In(found.Value, read))
                    return found.Value[0] == '@' ? "a mention that no source has" : "a link, image or HTML that no source has";
            }

            if (ContactShapes.Emails(plain).Any(e => !In(plain.Substring(e.Start, e.Length), read)))
                return "an e-mail address that no source has";
        }

        return null;
    }

    private static bool In(string text, IReadOnlyCollection<string> sources) => sources.Any(s => s.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Tag characters and the later variation selectors (U+E0000 to U+E01EF) repeat all of ASCII invisibly. One alone may belong to a flag or a sign of writing.</summary>
    private static bool TagCharacters(string text)
    {
        var found = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] == '\uDB40' && text[i + 1] is >= '\uDC00' and <= '\uDDEF' && ++found > MostTags)
                return true;
        }

        return false;
    }

    /// <summary>Of the flags of England, Scotland and Wales: five and an end mark.</summary>
    private const int MostTags = 6;

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your)\b.{0,30}\b(?:instructions?|prompts?|rules|guidelines)\b"
        + @"|\b(?:you are (?:now|no longer)|act as) (?:an? |the )?(?:ai|assistant|llm|model|system|bot|dan|unrestricted|release manager|closer)\b|\b(?:new|updated|real) (?:system )?instructions?\s*:"
        + @"|\b(?:reveal|print|repeat|show|leak|output)\b.{0,30}\b(?:system prompt|your prompt|your instructions|hidden prompt)\b"
        + @"|\b(?:dear|to the|note to the|notes? for the) (?:ai|llm|language model|comparing model|model)\b|\bas an ai\b|\bai (?:agent|assistant|model)s?\s*[:,]", Plain, Patience)]
    private static partial Regex Instruction();

    /// <summary>"Ignore all previous instructions" in other words that are often seen.</summary>
    [GeneratedRegex(
        @"\bignorier\w*\b.{0,40}\b(?:anweisung|regel|vorgabe)|\bignore[zr]?\b.{0,40}\b(?:instructions pr[ée]c[ée]dentes|consignes)|\bignor[ae]\w*\b.{0,40}\b(?:instrucciones|instru[çc][õo]es|istruzioni)"
        + @"|игнорир\w*.{0,40}(?:инструкц|указан)|忽略.{0,20}(?:指令|指示|提示)|(?:指示|命令).{0,12}無視|지시.{0,12}무시|تجاهل.{0,30}التعليمات|निर्देशों.{0,12}अनदेखा|\bhinweis an das modell\b", Plain, Patience)]
    private static partial Regex InOtherLanguages();

    [GeneratedRegex(@"^\s*(?:#{1,4}\s*)?(?:\[|<\|?)?(?:system|assistant|im_start|im_end|inst)(?:\||\])?>?\s*(?::\s*\S|>|\])|<\|(?:im_start|im_end|endoftext|system)\|>|</?(?:system|assistant|instructions?|tool_call)>|<<<(?:data|end)\b", Plain | RegexOptions.Multiline, Patience)]
    private static partial Regex Role();

    [GeneratedRegex(@"^[\s>*+\-.)|\d]*(?:\[[ x]\]\s*)?/backlog\b", Plain | RegexOptions.Multiline, Patience)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?:https?|ftp|file|data|javascript|vbscript|mailto):/{0,2}[^\s)""'>\]]+|\bwww\.[a-z0-9-]+\.[a-z]{2,}\S*|!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?|</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|(?<![A-Za-z0-9._%+-])@[A-Za-z0-9][A-Za-z0-9-]*", Plain, Patience)]
    private static partial Regex Effect();
}
