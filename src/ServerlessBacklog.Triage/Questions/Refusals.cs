using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>
/// What is not done here, whoever asks, and why. It is looked for before anything else reads the sentence, and no model is asked about it. This is
/// courtesy, not the guard: nothing can be changed without a command that code has checked and a person has confirmed.
/// </summary>
internal static partial class Refusals
{
    /// <summary>Null when nothing speaks against reading it.</summary>
    public static string? Of(string text)
    {
        if (Suspicion.InText(text) is not null || Override().IsMatch(Phrase.Plain(text)))
            return "I answer questions about this backlog and change single items after you confirm; how I work is not changed by what is said here.";
        var plain = Phrase.Plain(text);
        if (Many().IsMatch(plain))
            return "I change one item at a time, each after you have confirmed it: say which one. What many items have in common can be listed, and 'backlog review' takes batches of what is proposed.";
        if (Destroys().IsMatch(plain))
            return "Nothing is deleted here. A duplicate can be closed ('close 7 as duplicate of 5'); everything else is closed in the tracker.";
        if (!Search().IsMatch(plain) && Secret().IsMatch(plain))
            return "Secrets and settings of this host are not told to anybody here.";
        if (!Search().IsMatch(plain) && Private().IsMatch(plain))
            return "I know who works on which items, and nothing else about people.";
        return Elsewhere().IsMatch(plain) ? "That is no question about this backlog." : null;
    }

    [GeneratedRegex(
        @"\b(ignore|forget|disregard|override|bypass|skip|drop) (\w+ ){0,3}(rules?|instructions?|prompts?|guidelines?|restrictions?|safety|confirmations?|checks?|permissions?)\b"
        + @"|\b(no|without) (rules|restrictions|limits|confirmation|asking)\b|\b(system|your|initial|hidden) (prompt|instructions)\b|\bjailbreak|\b(pretend|act|behave) (to be|as|like)\b|\byou are now\b"
        + @"|\b(developer|god|root|admin|sudo) mode\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Override();

    [GeneratedRegex(
        @"\b(close|delete|remove|archive|assign|reassign|unassign|reject|approve|accept|wipe|purge|nuke|kill|reopen|make|set|move|undo|mark|prioriti[sz]e|snooze|pin|estimate)\b (\w+ ){0,2}(all|every|everything|everybody|everyone|each|any|them|these|those)\b",
        RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Many();

    [GeneratedRegex(@"^(please |pls |can you |could you |now |just )*(delete|wipe|purge|erase|destroy|nuke|truncate|drop|kill|remove) (?!.*\b(from|off)\b)\S", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Destroys();

    [GeneratedRegex("\\b(mention|mentions|mentioning|about|contain|contains|containing|title|titled|called|named|with the words?|search for|say|says)\\b|\"", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Search();

    [GeneratedRegex(@"\b(passwords?|passwd|secrets?|tokens?|api[ -]?keys?|credentials?|private keys?|connection strings?|environment variables?|env vars?)\b", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Secret();

    [GeneratedRegex(
        @"\b(salary|salaries|income|wages?|earns?|paid|home address|addresse?s?|phone( number)?|e-?mails?( address)?|birthdays?|religion|sick|health record|private|personal|how old is|fired?|performance review)\b",
        RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Private();

    [GeneratedRegex(
        @"\b(weather|poems?|jokes?|songs?|recipes?|stock price|capital of|translate|horoscope|football|lottery|who won|rm -rf|sudo|powershell|select \* from|write (me )?(a|an|some) (poem|essay|story about|code|script|program|song|letter))\b",
        RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Elsewhere();
}
