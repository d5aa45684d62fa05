// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What is signed.
 *
 * @param end by the brokers' clock
 * @param audit what {@code deploy/audit} printed
 */
record ExamReport(String exam, Instant end, ExamFigures figures, String audit) {

  private static final String REPORT = "report.txt";

  /** Into the folder of the exported figures, whose hashes it names. */
  void write(Path folder, ReportKey key) throws IOException, GeneralSecurityException {
    String text = text(folder);
    Files.writeString(folder.resolve(REPORT), text);
    Files.write(folder.resolve(REPORT + ".sig"), key.sign(text));
    Files.writeString(folder.resolve("key.pem"), key.publicHalf());
  }

  private String text(Path folder) throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    text.append("Exam %s%n%n".formatted(exam));
    text.append(
        "days (UTC): %s to %s%n".formatted(day(figures.firstMinute()), day(figures.lastMinute())));
    text.append("ended: %s, by the brokers' clock%n".formatted(end));
    text.append("figures as of: %s%n".formatted(figures.asOf()));
    text.append("results: %d%n".formatted(figures.results()));
    text.append("alerts: %d%n".formatted(figures.failures()));
    text.append("activities: %d%n%n".formatted(figures.activities()));
    text.append("exercise results mean alerts%n".formatted());
    for (ExamFigures.Exercise exercise : figures.exercises()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %d %.6f %d%n",
              exercise.id(),
              exercise.results(),
              exercise.mean(),
              exercise.failures()));
    }
    text.append("%n%s%n".formatted(audit));
    for (Path file : CloseExam.files(folder)) {
      text.append("%s  %s%n".formatted(sha256(file), file.getFileName()));
    }
    return text.toString();
  }

  private static String day(Optional<OffsetDateTime> minute) {
    return minute
        .map(of -> of.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate().toString())
        .orElse("none");
  }

  private static String sha256(Path file) throws IOException, GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(hash);
  }
}
