using ServerlessBacklog.Adapters.Models;

namespace ServerlessBacklog.Adapters.Tests.Models;

public sealed class LocalEncoderTests : IDisposable
{
    private readonly LocalEncoder encoder = new();

    public void Dispose() => encoder.Dispose();

    [Fact]
    public void It_runs_where_the_tests_run() => LocalEncoder.IsAvailable.ShouldBeTrue();

    [Fact]
    public void Two_ways_to_say_the_same_are_nearer_than_two_things_that_share_words()
    {
        var question = encoder.Encode("Application freezes when I print a page");

        var reworded = question.Cosine(encoder.Encode("Printing hangs the program"));
        var unrelated = question.Cosine(encoder.Encode("Add a page about the new application form"));

        reworded.ShouldBeGreaterThan(unrelated + 0.2);
    }

    [Fact]
    public void The_same_text_gives_the_same_vector_on_every_thread()
    {
        var vectors = Enumerable.Range(0, 16).AsParallel().Select(_ => encoder.Encode("Crash in the mail window").Values.ToArray()).ToList();

        vectors.ShouldAllBe(v => v.SequenceEqual(vectors[0]));
        vectors[0].Length.ShouldBe(encoder.Size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("設定が保存されない")]
    [InlineData("\0\u200b\ud83d\ude00")]
    public void Any_text_has_a_vector(string text) => encoder.Encode(text).Cosine(encoder.Encode(text)).ShouldBe(1, 0.001);

    [Fact]
    public void A_log_of_200_kilobytes_is_cut_off() =>
        encoder.Encode(string.Concat(Enumerable.Repeat("at Some.Long.Name(File.cs:12)\n", 7000))).Values.Length.ShouldBe(encoder.Size);
}
