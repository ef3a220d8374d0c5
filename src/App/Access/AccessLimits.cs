namespace OpenHall.App;

/// <summary>The named limits of sign-in.</summary>
public static class AccessLimits
{
    /// <summary>Rounds of PBKDF2 (HMAC-SHA-512) in a stored password.</summary>
    public const int PasswordRounds = 210_000;
    /// <summary>Characters of a password.</summary>
    public const int MinPasswordLength = 10, MaxPasswordLength = 128;
    /// <summary>Digits of a PIN.</summary>
    public const int PinLength = 6;
    /// <summary>Wrong passwords or codes in a row after which a person is locked out for <see cref="LockOutFor"/>.</summary>
    public const int MaxWrongTries = 5;
    public static readonly TimeSpan LockOutFor = TimeSpan.FromMinutes(15);
    /// <summary>Password hashes worked out at once; more wait, so that guessing cannot take all processors.</summary>
    public static readonly int HashesAtOnce = Math.Max(2, Environment.ProcessorCount);
    /// <summary>A sign-in ends after this time whatever happens; the next shift signs in anew.</summary>
    public static readonly TimeSpan SessionFor = TimeSpan.FromHours(14);
    /// <summary>The screen locks after this time without a key or touch.</summary>
    public static readonly TimeSpan LockAfterIdle = TimeSpan.FromMinutes(10);
    /// <summary>Time between the password and the code of the second step.</summary>
    public static readonly TimeSpan SecondStepWithin = TimeSpan.FromMinutes(5);
    /// <summary>A password given by somebody else has to be changed within this time.</summary>
    public static readonly TimeSpan OneTimePasswordFor = TimeSpan.FromHours(72);
    /// <summary>Longest time that another node may still believe an ended session.</summary>
    public static readonly TimeSpan RememberSessionFor = TimeSpan.FromSeconds(5);
    /// <summary>Sessions remembered by a node.</summary>
    public const int RememberedSessions = 10_000;
    /// <summary>A granted approval can be used for this time; a request that nobody decides is dead after it.</summary>
    public static readonly TimeSpan ApprovalFor = TimeSpan.FromHours(24);
}
