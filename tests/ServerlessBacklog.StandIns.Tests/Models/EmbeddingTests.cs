using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.StandIns.Tests.Models;

public sealed class EmbeddingTests : ModelTests
{
    [Fact]
    public async Task Texts_that_share_words_are_near()
    {
        var vectors = await EmbedAsync(["Checkout crashes when the cart is empty", "The cart is empty and checkout crashes", "Dark mode for the settings page"]);

        Cosine(vectors[0], vectors[1]).ShouldBeGreaterThan(0.7);
        Cosine(vectors[0], vectors[2]).ShouldBeLessThan(0.4);
        Cosine(vectors[0], vectors[0]).ShouldBe(1, 1e-5);
    }

    [Fact]
    public async Task Base64_holds_the_same_numbers_as_text()
    {
        var asked = Request(["Checkout crashes"]);
        var plain = (await Caller.PostAsync("/v1/embeddings", asked)).Json["data"]![0]!["embedding"]!.AsArray().Select(x => x!.GetValue<float>()).ToArray();
        asked["encoding_format"] = "base64";

        var packed = (await Caller.PostAsync("/v1/embeddings", asked)).Json["data"]![0]!["embedding"]!.GetValue<string>();

        MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(packed)).ToArray().ShouldBe(plain);
    }

    [Fact]
    public async Task Fewer_dimensions_are_the_first_ones_at_length_one()
    {
        var asked = Request(["Checkout crashes when the cart is empty"]);
        asked["dimensions"] = 64;

        var vector = (await Caller.PostAsync("/v1/embeddings", asked)).Json["data"]![0]!["embedding"]!.AsArray().Select(x => x!.GetValue<double>()).ToArray();

        vector.Length.ShouldBe(64);
        vector.Sum(x => x * x).ShouldBe(1, 1e-5);
        asked["dimensions"] = 257;
        (await Caller.PostAsync("/v1/embeddings", asked)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Empty_and_overlong_texts_are_refused_and_all_are_counted()
    {
        (await Caller.PostAsync("/v1/embeddings", Request([""]))).Status.ShouldBe(400);
        (await Caller.PostAsync("/v1/embeddings", Request([new string('x', 8_193 * 4)]))).Status.ShouldBe(400);

        await EmbedAsync(["12345678", "1234"]);

        Model.Embeddings.Calls.ShouldBe(1);
        Model.Embeddings.InputTokens.ShouldBe(3);
    }

    private async Task<double[][]> EmbedAsync(string[] texts)
    {
        var reply = await Caller.PostAsync("/v1/embeddings", Request(texts));
        reply.Status.ShouldBe(200, reply.Text);
        return [.. reply.Json["data"]!.AsArray().Select(d => d!["embedding"]!.AsArray().Select(x => x!.GetValue<double>()).ToArray())];
    }

    private static JsonObject Request(string[] texts) => new() { ["model"] = "scripted-embedding", ["input"] = new JsonArray([.. texts.Select(t => (JsonNode)t)]) };

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
