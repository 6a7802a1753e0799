using CsCheck;
using ServerlessBacklog.Adapters.Trackers.Blocks;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Writing;

/// <summary>Whatever people wrote, it is still there, byte for byte.</summary>
public class BlockTextPropertyTests
{
    private static readonly string[] Pieces =
    [
        "word", " ", "\n", "\r\n", "\n\n", "\r", "<div>", "</div>", "<p>x</p>", "<br>", "&amp;", "**bold**", "- item", "> quote", "```", "é", "😀", "\u00a0", "\u200b", "[", "]", "[x]",
        "<!--", "-->", "<!-- note -->", "<!-- serverless-backlog -->", "serverless-backlog:draft", "<!-- serverless-backlog:draft 01234567 -->", "<!-- /serverless-backlog:draft -->",
        "[serverless-backlog:draft 01234567]", "[/serverless-backlog:draft]",
    ];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 15].Select(p => string.Concat(p));

    private static readonly BlockForm[] Forms = [BlockForm.Comments, BlockForm.Lines, BlockForm.Html];

    private static readonly Gen<BlockForm> AnyForm = Gen.Int[0, 2].Select(i => Forms[i]);

    [Fact]
    public void A_block_that_is_put_in_and_taken_out_leaves_every_byte() => Gen.Select(Texts, Texts, AnyForm).Sample((body, text, form) =>
    {
        if (BlockText.Set(body, "draft", text, form).Description is not { } with)
            return;

        var (people, blocks) = BlockText.Split(with, form);
        people.ShouldBe(body);
        blocks.Keys.ShouldBe(["draft"]);
        BlockText.Remove(with, "draft", form).Description.ShouldBe(body);
    });

    [Fact]
    public void Text_that_is_set_again_changes_nothing() => Gen.Select(Texts, Texts, AnyForm).Sample((body, text, form) =>
    {
        if (BlockText.Set(body, "draft", text, form).Description is { } with)
            BlockText.Set(with, "draft", text, form).Description.ShouldBe(with);
    });

    [Fact]
    public void What_was_in_a_block_comes_back_as_it_was() => Gen.Select(Texts, Texts, Texts, AnyForm).Sample((body, one, two, form) =>
    {
        if (BlockText.Set(body, "draft", one, form).Description is not { } first || BlockText.Set(first, "draft", two, form).Description is not { } second)
            return;

        BlockText.Set(second, "draft", BlockText.Split(first, form).Blocks["draft"], form).Description.ShouldBe(first);
    });

    [Fact]
    public void Text_behind_a_block_stays_too() => Gen.Select(Texts, Texts, Texts, AnyForm).Sample((body, text, after, form) =>
    {
        if (BlockText.Set(body, "draft", text, form).Description is not { } with || BlockText.Remove(with + after, "draft", form).Description is not { } rest)
            return;

        rest.ShouldBe(body + after);
    });

    [Fact]
    public void A_changed_word_makes_a_block_theirs()
    {
        foreach (var form in Forms)
        {
            var with = BlockText.Set("Before.", "draft", "One word here.", form).Description!.Replace("word", "verb", StringComparison.Ordinal);

            BlockText.Set(with, "draft", "Other", form).ShouldBe((null, BlockText.IsTheirs));
            BlockText.Remove(with, "draft", form).ShouldBe((null, BlockText.IsTheirs));
            BlockText.Split(with, form).Body.ShouldBe(with);
        }
    }

    [Fact]
    public void A_block_that_the_service_wrote_anew_is_known_again()
    {
        var with = BlockText.Set("<p>Before.</p>", "draft", "**Criteria**\n\n- one & \"two\"", BlockForm.Html).Description!;
        var anew = with.Replace("<div>", "<div style=\"box-sizing:border-box;\">", StringComparison.Ordinal).Replace("<br>", "<br/>", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal).Replace("- one", "-&nbsp;one", StringComparison.Ordinal);

        BlockText.Split(anew, BlockForm.Html).Blocks["draft"].ShouldBe("**Criteria**\n\n- one & \"two\"");
        BlockText.Remove(anew, "draft", BlockForm.Html).Description.ShouldBe("<p>Before.</p>");
    }
}
