using CsCheck;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Tests.Text;

public class LineDiffTests
{
    [Fact]
    public void Lines_that_come_go_and_stay_have_their_signs() =>
        LineDiff.Of("one\ntwo\nthree", "one\nthree\nfour").ShouldBe(["  one", "- two", "  three", "+ four"]);

    [Fact]
    public void The_same_text_has_no_difference() => LineDiff.Of("one\ntwo", "one\ntwo").ShouldBeEmpty();

    [Fact]
    public void Both_texts_can_be_read_out_of_the_difference() =>
        Gen.Select(Gen.Int[0, 4].Select(i => "abcd "[i].ToString().Trim()).Array[0, 12], Gen.Int[0, 4].Select(i => "abce "[i].ToString().Trim()).Array[0, 12]).Sample((before, after) =>
        {
            var (old, now) = (string.Join('\n', before), string.Join('\n', after));
            var diff = LineDiff.Of(old, now);
            if (old == now)
                return;
            string.Join('\n', diff.Where(l => l[0] != '+').Select(l => l[2..])).ShouldBe(old);
            string.Join('\n', diff.Where(l => l[0] != '-').Select(l => l[2..])).ShouldBe(now);
        });
}
