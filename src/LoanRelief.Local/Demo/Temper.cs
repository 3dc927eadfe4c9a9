using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LoanRelief.Local.Demo;

/// <summary>How the people around a case are: drawn from its id, so that every demonstration goes the same way.</summary>
internal sealed class Temper(string caseId)
{
    /// <summary>Whether it happens, with a chance in percent; each question about a case is drawn for itself.</summary>
    public bool Is(string question, int percent) => Draw(question, 100) < percent;

    /// <summary>One of the answers, as likely as its weight.</summary>
    public T Choose<T>(string question, params (int Weight, T Answer)[] answers)
    {
        var draw = Draw(question, answers.Sum(each => each.Weight));
        foreach (var (weight, answer) in answers)
        {
            if ((draw -= weight) < 0)
                return answer;
        }

        throw new ArgumentException("The weights are not positive.", nameof(answers));
    }

    /// <summary>Hours until somebody answers, between the bounds.</summary>
    public TimeSpan Hours(string question, int from, int to) => TimeSpan.FromHours(from + Draw(question + " hours", to - from + 1));

    private int Draw(string question, int sides) => (int)(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{caseId} {question}"))) % (ulong)sides);
}
