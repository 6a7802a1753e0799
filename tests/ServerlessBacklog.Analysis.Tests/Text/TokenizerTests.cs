using System.Diagnostics;
using CsCheck;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Tests.Text;

public class TokenizerTests
{
    [Theory]
    [InlineData("getUserName", "getusername get user name")]
    [InlineData("HTTPServer", "httpserver http server")]
    [InlineData("snake_case_word", "snake_case_word snake case word")]
    [InlineData("_private_field", "private_field private field")]
    [InlineData("utf8Reader", "utf8reader utf reader")]
    public void An_identifier_stays_whole_and_is_split_too(string text, string terms) => Tokens(text).ShouldBe(terms);

    [Theory]
    [InlineData("crashes crashed crashing crash", "crash crash crash crash")]
    [InlineData("queries query", "query query")]
    [InlineData("settings setting", "sett sett")]
    [InlineData("files file", "file file")]
    [InlineData("messages message releases release", "message message release release")]
    [InlineData("fixes fix classes class", "fix fix class class")]
    [InlineData("bus is", "bus")]
    public void A_light_suffix_is_cut_where_four_letters_stay(string text, string terms) => Tokens(text).ShouldBe(terms);

    [Theory]
    [InlineData("error 404", "error 404")]
    [InlineData("version 2.53.10", "version 53 10")]
    [InlineData("64bit", "64bit")]
    [InlineData("a 7 b", "")]
    public void Numbers_of_two_digits_and_more_count(string text, string terms) => Tokens(text).ShouldBe(terms);

    [Theory]
    [InlineData("保存失败", "保存 存失 失败")]
    [InlineData("字", "字")]
    [InlineData("クラッシュ on save", "クラ ラッ ッシ シュ save")]
    [InlineData("ok保存ok", "ok 保存 ok")]
    public void Scripts_without_spaces_become_overlapping_pairs(string text, string terms) => Tokens(text).ShouldBe(terms);

    [Fact]
    public void Stop_words_are_left_out() => Tokens("Hello, this is the crash that we had").ShouldBe("crash");

    [Fact]
    public void Words_are_lower_cased_in_every_script() => Tokens("ÄRGER Ошибка").ShouldBe("ärger ошибка");

    [Fact]
    public void Forty_letters_and_more_are_no_word() =>
        Tokens($"{new string('x', 40)} {new string('y', 39)}").ShouldBe(new string('y', 39));

    [Fact]
    public void Hostile_text_never_throws_and_gives_only_short_terms() =>
        Gen.OneOf(Gen.String[0, 300], Gen.String[Gen.Char["\ud800\udc00\u0000\u0e34\u30fcİıßſ_aA0 -\u200d\u0301字"], 0, 300])
            .Sample(text => Tokenizer.Terms(text).All(t => t.Length is >= 1 and <= 40));

    [Theory]
    [InlineData("a_")]
    [InlineData("aA")]
    [InlineData("_")]
    [InlineData("字")]
    [InlineData("x1")]
    [InlineData("word ")]
    public void Two_hundred_thousand_characters_take_less_than_two_seconds(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 200_000 / repeated.Length));
        var clock = Stopwatch.StartNew();

        Tokenizer.Scan(text, _ => { });

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    private static string Tokens(string text) => string.Join(' ', Tokenizer.Terms(text));
}
